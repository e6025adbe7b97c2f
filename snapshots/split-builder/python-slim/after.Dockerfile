FROM python:3.12 AS base
ENV PYTHONUNBUFFERED=1
WORKDIR /app

FROM base AS builder
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt

FROM python:3.12-slim
ENV PYTHONUNBUFFERED=1
WORKDIR /app
RUN rm -rf /usr/local/*
COPY --from=builder /usr/local /usr/local
COPY . .
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]
