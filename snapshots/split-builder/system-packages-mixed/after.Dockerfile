FROM node:20-bookworm-slim AS base

FROM base AS builder
# What the system needs
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      # for native addons
      g++ \
      make \
      libpq-dev \
      libssl-dev \
      # at run time
      tini \
      git \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system web
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
RUN npm prune --omit=dev --no-save

FROM base
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      # for native addons
      libatomic1 libgomp1 \
      libpq5 \
      libssl3 \
      # at run time
      tini \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system web
WORKDIR /app
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/dist ./dist
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/server.js"]
