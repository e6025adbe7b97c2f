FROM python:3.12-slim
RUN apt-get update && apt-get install -y gcc git
WORKDIR /app
COPY requirements.txt /tmp/
COPY requirements /tmp/requirements
RUN pip install -r /tmp/requirements.txt
COPY . .
CMD ["python", "-m", "shop"]
