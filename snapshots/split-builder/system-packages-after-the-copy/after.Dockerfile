FROM node:20 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN apt-get update && apt-get install -y --no-install-recommends libcairo2-dev
RUN npm ci
RUN npm run build
RUN npm prune --omit=dev --no-save

FROM base
RUN apt-get update && apt-get install -y --no-install-recommends libcairo2 libcairo-gobject2 libcairo-script-interpreter2
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/dist ./dist
CMD ["node", "dist/server.js"]
