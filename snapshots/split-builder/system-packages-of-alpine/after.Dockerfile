FROM node:20-alpine AS base

FROM base AS builder
RUN apk add --no-cache python3 make g++ vips
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
RUN npm prune --omit=dev --no-save

FROM base
RUN apk add --no-cache libatomic libgcc libgomp libstdc++ vips
WORKDIR /app
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/dist ./dist
CMD ["node", "dist/server.js"]
