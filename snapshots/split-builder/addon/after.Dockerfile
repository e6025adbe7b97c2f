FROM node:20-bookworm-slim AS base

FROM base AS builder
RUN apt-get update \
 && apt-get install -y --no-install-recommends g++ make python3 tini \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY package*.json ./
RUN npm ci --omit=dev

FROM base
RUN apt-get update \
 && apt-get install -y --no-install-recommends libatomic1 libgomp1 tzdata tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules

COPY src ./src
USER node
ENTRYPOINT ["tini", "--"]
CMD ["node", "src/server.js"]
