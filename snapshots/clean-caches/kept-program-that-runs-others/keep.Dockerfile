FROM debian:12
RUN apt-get update && apt-get install -y curl
COPY app /app
RUN xargs apt-get install -y < /app/packages
RUN rm -rf /var/lib/apt/lists/*
