FROM node:20-bookworm-slim AS base

FROM base AS builder
RUN apt-get update && apt-get install -y --no-install-recommends curl git make wget && rm -rf /var/lib/apt/lists/*
RUN wget -qO /usr/local/bin/wait https://example.com/wait && chmod +x /usr/local/bin/wait
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
RUN npm prune --omit=dev --no-save

FROM base
RUN apt-get update && apt-get install -y --no-install-recommends curl git wget && rm -rf /var/lib/apt/lists/*
RUN wget -qO /usr/local/bin/wait https://example.com/wait && chmod +x /usr/local/bin/wait
WORKDIR /app
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/dist ./dist
HEALTHCHECK CMD curl -f http://localhost:8080/
CMD ["node", "dist/server.js"]
