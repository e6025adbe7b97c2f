FROM python:3.12-slim-bookworm
RUN apt-get update && apt-get install -y gcc
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
RUN apt-get install -y tini
COPY . .
RUN pip install gunicorn
CMD ["python", "-m", "shop"]
