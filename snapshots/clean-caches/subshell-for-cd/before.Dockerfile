FROM debian:12
RUN apt-get update; cd /opt && apt-get install -y curl
ENV MODE=production
RUN rm -rf /var/lib/apt/lists/*
