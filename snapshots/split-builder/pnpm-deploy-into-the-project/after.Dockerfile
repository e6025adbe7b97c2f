FROM node:20 AS base
RUN npm install -g pnpm@8
WORKDIR /app

FROM base AS builder
COPY . .
RUN pnpm install --frozen-lockfile
RUN pnpm -r build
RUN pnpm --filter @dictionary/api --prod deploy pruned

FROM base
COPY --from=builder /app/package.json ./
COPY --from=builder /app/pruned ./pruned
WORKDIR /app/pruned
CMD ["node", "dist/server.js"]
