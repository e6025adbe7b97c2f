FROM python:3.12-slim
RUN apt-get update && apt-get install -y gcc git
WORKDIR /app
COPY requirements.txt /app/
COPY requirements /app/requirements
RUN pip install -r /app/requirements.txt
COPY . .
CMD ["python", "-m", "shop"]
