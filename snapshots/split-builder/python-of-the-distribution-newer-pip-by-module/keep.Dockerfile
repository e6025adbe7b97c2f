FROM ubuntu:22.04
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-pip python3-dev gcc libpq-dev
WORKDIR /app
COPY requirements.txt .
RUN python3 -m pip install "pip<25"
RUN pip3 install -r requirements.txt
COPY . .
CMD ["python3", "-m", "shop"]
