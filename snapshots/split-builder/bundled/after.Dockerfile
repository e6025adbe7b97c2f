FROM node:20 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN npm ci
RUN npm run build

FROM base
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/dist ./dist
CMD ["node", "dist/server.js"]
