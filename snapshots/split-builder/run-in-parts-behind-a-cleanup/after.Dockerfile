FROM node:20 AS base
WORKDIR /app

FROM base AS builder
COPY package*.json ./
RUN npm ci && npm cache clean --force && apt-get update && apt-get install -y curl
COPY . .
RUN npm run build
RUN npm prune --omit=dev --no-save

FROM base
RUN apt-get update && apt-get install -y ca-certificates
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/dist ./dist
CMD ["node", "dist/main"]
