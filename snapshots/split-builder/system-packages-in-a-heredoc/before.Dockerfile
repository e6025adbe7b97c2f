# syntax=docker/dockerfile:1
FROM node:20-bookworm-slim
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
CMD ["node", "dist/server.js"]
