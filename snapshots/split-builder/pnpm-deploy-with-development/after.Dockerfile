FROM node:20 AS base
RUN npm install -g pnpm@10.34.9
WORKDIR /app

FROM base AS builder
COPY . .
RUN pnpm install --frozen-lockfile
RUN pnpm -r build
RUN pnpm --filter=api deploy --legacy /srv/api
RUN rm -rf /srv/api/node_modules/.pnpm/node_modules/@dictionary/api

FROM base
COPY --from=builder /srv/api /srv/api
WORKDIR /srv/api
CMD ["node", "dist/server.js"]
