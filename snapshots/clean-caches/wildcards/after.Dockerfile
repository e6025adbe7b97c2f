FROM debian:12
RUN apt-get update && apt-get install -y cron && rm -rf /var/lib/apt/lists/*
COPY scripts /usr/local/bin/
RUN chmod +x /usr/local/bin/* && rm -rf /var/lib/apt/lists/*
