FROM node:20-slim AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN mkdir -p /data && chown node /data && npm ci && npm run build
RUN npm prune --omit=dev --no-save

FROM base
RUN mkdir -p /data && chown node /data
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/dist ./dist
USER node
CMD ["node", "dist/server.js"]
