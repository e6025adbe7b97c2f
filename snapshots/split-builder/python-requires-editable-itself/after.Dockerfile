FROM python:3.12-slim-bookworm AS base

FROM base AS builder
RUN apt-get update && apt-get install -y gcc
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
RUN rm -rf requirements.txt

FROM base
RUN apt-get update && apt-get install -y libatomic1 libgomp1
WORKDIR /app
RUN rm -rf /usr/local/*
COPY --from=builder /usr/local /usr/local
COPY --from=builder /app ./
CMD ["python", "-m", "shop"]
