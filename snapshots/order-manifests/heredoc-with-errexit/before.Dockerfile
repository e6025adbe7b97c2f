# syntax=docker/dockerfile:1
FROM node:20
WORKDIR /app
COPY . .
RUN --network=host <<SCRIPT
set -eux
npm ci
# What runs.
npm run build
SCRIPT
