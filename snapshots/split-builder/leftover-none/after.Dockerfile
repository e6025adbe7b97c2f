FROM python:3.12-slim-bookworm AS base
WORKDIR /app

FROM base AS builder
RUN apt-get update && apt-get install -y gcc
COPY requirements.txt .
RUN pip install -r requirements.txt

FROM base
RUN apt-get update && apt-get install -y libatomic1 libgomp1
RUN rm -rf /usr/local/*
COPY --from=builder /usr/local /usr/local
RUN apt-get clean
COPY . .
CMD ["gunicorn", "shop.wsgi"]
