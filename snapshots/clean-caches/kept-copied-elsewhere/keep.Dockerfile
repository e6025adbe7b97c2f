FROM debian:12
RUN apt-get update && apt-get install -y curl
COPY app /app
RUN cp -r /var/lib/apt/lists /app/lists
RUN rm -rf /var/lib/apt/lists/*
