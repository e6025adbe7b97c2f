FROM debian:12
WORKDIR /app
COPY . .
RUN set -eux; \
    apt-get update; \
    apt-get install -y --no-install-recommends curl; \
    rm -rf /var/lib/apt/lists/*
RUN make
