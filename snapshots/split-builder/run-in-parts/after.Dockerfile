FROM node:20-alpine AS base
WORKDIR /app

FROM base AS builder
COPY . .
# native addons
RUN apk add --no-cache --virtual .build-deps python3 make g++ \
 # as locked
 && npm ci \
 && npm run build \
 && apk del .build-deps
RUN npm prune --omit=dev --no-save

FROM base
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/dist ./dist
EXPOSE 3000
CMD ["node", "dist/server.js"]
