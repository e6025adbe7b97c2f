FROM python:3.12-slim AS base

ENV PYTHONDONTWRITEBYTECODE=1
ENV PYTHONUNBUFFERED=1

WORKDIR /app

FROM base AS builder
# psycopg2 is compiled.
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc libpq-dev \
    && rm -rf /var/lib/apt/lists/*

COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt

FROM base
RUN apt-get update \
    && apt-get install -y --no-install-recommends libatomic1 libgomp1 libpq5 \
    && rm -rf /var/lib/apt/lists/*
RUN rm -rf /usr/local/*
COPY --from=builder /usr/local /usr/local

COPY . .

EXPOSE 8000
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]
