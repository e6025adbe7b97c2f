FROM debian:12
RUN apt-get update && apt-get install -y gnupg
COPY vendor.list /etc/apt/sources.list.d/
RUN apt-get update && apt-get install -y vendor-tool
COPY app /app
RUN rm -rf /var/lib/apt/lists/*
