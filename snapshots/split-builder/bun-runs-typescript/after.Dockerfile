FROM oven/bun:1 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN bun install --frozen-lockfile
RUN bun build src/page.ts --outdir=public/js
RUN bun prune --production

FROM base
COPY --from=builder /app/package.json /app/bun.lock /app/tsconfig.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/src ./src
COPY --from=builder /app/public/js ./public/js
USER bun
EXPOSE 3000
CMD ["bun", "src/server.ts"]
