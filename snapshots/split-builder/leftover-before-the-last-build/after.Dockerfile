FROM python:3.12-slim-bookworm AS base
WORKDIR /app

FROM base AS builder
RUN apt-get update && apt-get install -y gcc
COPY . .
RUN pip install -r requirements.txt
RUN apt-get autoremove -y --purge gcc
RUN pip install gunicorn
RUN rm -rf tests
RUN rm -rf requirements.txt tests

FROM base
RUN rm -rf /usr/local/*
COPY --from=builder /usr/local /usr/local
COPY --from=builder /app ./
CMD ["gunicorn", "shop.wsgi"]
