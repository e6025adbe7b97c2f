FROM python:3.12-slim-bookworm AS base
WORKDIR /app

FROM base AS builder
RUN apt-get update && apt-get install -y --no-install-recommends gcc libpq-dev
COPY requirements.txt .
RUN pip install -r requirements.txt

FROM base
RUN apt-get update && apt-get install -y --no-install-recommends libatomic1 libgomp1 libpq5
RUN rm -rf /usr/local/*
COPY --from=builder /usr/local /usr/local
COPY . .
CMD ["gunicorn", "shop.wsgi"]
