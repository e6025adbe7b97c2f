FROM node:20-slim AS base
WORKDIR /app

FROM base AS builder
COPY package*.json ./
RUN --mount=type=cache,target=/root/.npm set -eux && \
    export DEBIAN_FRONTEND=noninteractive && \
    apt-get update && \
    # openssl stays, the others go below
    apt-get install -y --no-install-recommends openssl python3 make g++ && \
    rm -rf /var/lib/apt/lists/* && \
    npm ci
COPY . .
RUN npm run build && apt-get purge -y python3 make g++ && apt-get autoremove -y
RUN npm prune --omit=dev --no-save

FROM base
RUN --mount=type=cache,target=/root/.npm set -eux && \
    export DEBIAN_FRONTEND=noninteractive && \
    apt-get update && \
    # openssl stays, the others go below
    apt-get install -y --no-install-recommends openssl && \
    rm -rf /var/lib/apt/lists/*
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/dist ./dist
CMD ["node", "dist/server.js"]
