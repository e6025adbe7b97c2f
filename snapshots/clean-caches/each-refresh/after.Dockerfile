FROM debian:12
RUN apt-get update && apt-get install -y gnupg && rm -rf /var/lib/apt/lists/*
COPY vendor.list /etc/apt/sources.list.d/
RUN apt-get update && apt-get install -y vendor-tool && rm -rf /var/lib/apt/lists/*
COPY app /app
RUN rm -rf /var/lib/apt/lists/*
