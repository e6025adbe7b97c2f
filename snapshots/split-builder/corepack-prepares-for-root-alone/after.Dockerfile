FROM node:20 AS base
RUN corepack enable && corepack prepare pnpm@latest --activate && useradd -r shop
WORKDIR /app

FROM base AS builder
COPY . .
RUN pnpm install --frozen-lockfile
RUN pnpm build
RUN pnpm prune --prod --ignore-scripts

FROM base
COPY --from=builder /app/package.json /app/pnpm-lock.yaml ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/dist ./dist
USER shop
CMD ["pnpm", "start"]
