FROM debian:12
RUN apt-get update && apt-get install -y python3
COPY app /app
RUN python3 -m app.setup
RUN rm -rf /var/lib/apt/lists/*
