FROM debian:12 AS builder
RUN apt-get update && apt-get install -y gcc
COPY app /app
RUN gcc -o /app/run /app/run.c && rm -rf /var/lib/apt/lists/*

FROM debian:12-slim
COPY --from=builder /app/run /usr/local/bin/run
CMD ["run"]
