FROM node:20 AS base
RUN npm install -g pnpm@12
WORKDIR /app

FROM base AS builder
COPY . .
RUN pnpm install --frozen-lockfile
RUN pnpm -r build
RUN pnpm --filter=api --prod deploy /srv/api
RUN pnpm --filter=words --prod deploy /srv/words

FROM base
COPY --from=builder /srv/api /srv/api
COPY --from=builder /srv/words /srv/words
WORKDIR /srv/api
CMD ["node", "dist/server.js"]
