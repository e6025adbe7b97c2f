FROM python:3.12-bookworm AS base
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /app

FROM base AS builder
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
RUN cd frontend && npm ci && npm run build
RUN rm -rf requirements.txt frontend/package.json frontend/package-lock.json frontend/vite.config.js frontend/src frontend/node_modules

FROM base
RUN rm -rf /usr/local/*
COPY --from=builder /usr/local /usr/local
COPY --from=builder /app ./
CMD ["gunicorn", "--bind=:8000", "shop:app"]
