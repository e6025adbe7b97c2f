# syntax=docker/dockerfile:1
FROM node:20-bookworm-slim AS base

FROM base AS builder
RUN <<EOF
apt-get update
apt-get upgrade -y
apt-get install -y --no-install-recommends \
  make \
  tini
EOF
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
RUN npm prune --omit=dev --no-save

FROM base
RUN <<EOF
apt-get update
apt-get upgrade -y
apt-get install -y --no-install-recommends \
  tini
EOF
WORKDIR /app
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/dist ./dist
CMD ["node", "dist/server.js"]
