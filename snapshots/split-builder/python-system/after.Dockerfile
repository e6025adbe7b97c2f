FROM python:3.12-slim-bookworm AS base
WORKDIR /app

FROM base AS builder
RUN apt-get update && apt-get install -y build-essential libpq-dev
COPY . .
RUN pip install --upgrade pip
RUN pip install -r requirements.txt
RUN rm -rf requirements.txt tests

FROM base
RUN apt-get update && apt-get install -y libatomic1 libgomp1 libpq5
RUN rm -rf /usr/local/*
COPY --from=builder /usr/local /usr/local
COPY --from=builder /app ./
CMD ["python", "-m", "shop"]
