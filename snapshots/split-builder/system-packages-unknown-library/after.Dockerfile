FROM node:20-bookworm-slim AS base

FROM base AS builder
RUN apt-get update && apt-get install -y make libmapnik-dev
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
RUN npm prune --omit=dev --no-save

FROM base
RUN apt-get update && apt-get install -y libmapnik-dev
WORKDIR /app
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/dist ./dist
CMD ["node", "dist/server.js"]
