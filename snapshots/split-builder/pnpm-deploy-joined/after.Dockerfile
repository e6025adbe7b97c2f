FROM node:20 AS base
RUN corepack enable
WORKDIR /app

FROM base AS builder
COPY . .
RUN pnpm install --frozen-lockfile \
  && pnpm -r build \
  && pnpm deploy -F api --prod --config.inject-workspace-packages=true /srv/api
RUN rm -rf /srv/api/node_modules/.pnpm/node_modules/@dictionary/api

FROM base
COPY --from=builder /srv/api /srv/api
WORKDIR /srv/api
CMD ["node", "dist/server.js"]
