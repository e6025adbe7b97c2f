FROM debian:12
WORKDIR /app
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update && apt-get install -y git
COPY . .
RUN make
