# syntax=docker/dockerfile:1
FROM debian:bookworm
WORKDIR /app
COPY . .
RUN --mount=type=cache,target=/var/cache/apt cp src/app.js /app/start.js
RUN --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y curl
CMD ["./start"]
