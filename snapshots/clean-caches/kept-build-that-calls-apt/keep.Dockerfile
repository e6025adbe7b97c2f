FROM debian:12
RUN apt-get update && apt-get install -y curl
COPY app /app
RUN cd /app && npm run build
RUN rm -rf /var/lib/apt/lists/*
