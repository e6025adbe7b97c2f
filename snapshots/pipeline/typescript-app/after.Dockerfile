# syntax=docker/dockerfile:1
FROM nginx:1.27-alpine@sha256:2222222222222222222222222222222222222222222222222222222222222222 AS pages
COPY public /usr/share/nginx/html
COPY --from=busybox:1.36@sha256:3333333333333333333333333333333333333333333333333333333333333333 /bin/busybox /bin/busybox

FROM node:20@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS base
# What the app calls at run time
RUN apt-get update && \
    apt-get install -y --no-install-recommends \
    # pictures
    imagemagick && \
    rm -rf /var/lib/apt/lists/*
WORKDIR /app

FROM base AS builder
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && \
    npm prune --omit=dev --no-save

FROM base
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/public ./public
COPY --from=builder /app/dist ./dist
ENV NODE_ENV=production
USER node
CMD ["node", "dist/server.js"]
