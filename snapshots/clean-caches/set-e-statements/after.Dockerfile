FROM debian:12
RUN set -eux; apt-get update; apt-get install -y curl; rm -rf /var/lib/apt/lists/*
COPY app /app
RUN rm -rf /var/lib/apt/lists/*
