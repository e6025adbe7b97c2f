FROM node:20 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN npm ci && npm run build

FROM base
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/dist ./dist
RUN npm install -g serve@14
CMD ["serve", "-s", "dist"]
