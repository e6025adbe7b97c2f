FROM python:3.12-slim-bookworm
WORKDIR /app
RUN apt-get update && apt-get install -y build-essential libpq-dev
COPY . .
RUN pip install --upgrade pip
RUN pip install -r requirements.txt
CMD ["python", "-m", "shop"]
