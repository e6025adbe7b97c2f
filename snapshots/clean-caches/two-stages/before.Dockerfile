FROM debian:12 AS base
RUN apt-get update && apt-get install -y curl
COPY app /app
RUN chmod +x /app/run && rm -rf /var/lib/apt/lists/*

FROM base
RUN apt-get update && apt-get install -y git
COPY app /srv
CMD ["/app/run"]
