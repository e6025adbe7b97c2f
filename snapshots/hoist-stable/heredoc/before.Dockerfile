# syntax=docker/dockerfile:1
FROM debian:12
WORKDIR /app
COPY . .
RUN <<EOF
set -e
apt-get update
apt-get install -y git
EOF
RUN make
