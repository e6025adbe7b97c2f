FROM node:20 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN npm ci
RUN npm run build
RUN npm prune --omit=dev --no-save

FROM base
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/logs ./logs
COPY --from=builder /app/dist ./dist
CMD ["node", "dist/main.js"]
