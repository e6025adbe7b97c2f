# syntax=docker/dockerfile:1
FROM node:20
WORKDIR /app
COPY package.json package-lock.json ./
RUN --network=host <<SCRIPT
set -eux
npm ci
SCRIPT
COPY . .
RUN --network=host <<SCRIPT
set -eux
# What runs.
npm run build
SCRIPT
