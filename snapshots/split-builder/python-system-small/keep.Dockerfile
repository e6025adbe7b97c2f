FROM python:3.12-slim
RUN apt-get update && apt-get install -y --no-install-recommends git curl
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "-m", "shop"]
