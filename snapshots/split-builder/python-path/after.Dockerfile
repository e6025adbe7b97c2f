FROM python:3.12-slim-bookworm AS base
ENV PYTHONPATH=/app:/app/lib
WORKDIR /app

FROM base AS builder
RUN apt-get update && apt-get install -y --no-install-recommends gcc libpq-dev && rm -rf /var/lib/apt/lists/*
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt

FROM base
RUN apt-get update && apt-get install -y --no-install-recommends libatomic1 libgomp1 libpq5 && rm -rf /var/lib/apt/lists/*
RUN rm -rf /usr/local/*
COPY --from=builder /usr/local /usr/local
COPY . .
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]
