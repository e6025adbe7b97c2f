FROM node:20-bookworm-slim AS base
ARG PACKAGES="make g++"
RUN apt-get update && apt-get install -y $PACKAGES
WORKDIR /app

FROM base AS builder
COPY . .
RUN npm ci
RUN npm run build
RUN npm prune --omit=dev --no-save

FROM base
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/dist ./dist
CMD ["node", "dist/server.js"]
