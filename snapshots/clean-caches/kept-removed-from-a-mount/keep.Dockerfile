FROM debian:12
RUN apt-get update && apt-get install -y curl
COPY app /app
RUN --mount=type=cache,target=/var/lib/apt rm -rf /var/lib/apt/lists/*
