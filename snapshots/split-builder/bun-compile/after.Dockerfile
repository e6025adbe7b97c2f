FROM oven/bun:1 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN bun install --frozen-lockfile
RUN bun build src/server.ts --compile --outfile=almanac
RUN bun prune --production

FROM base
COPY --from=builder /app/package.json /app/bun.lock ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/almanac ./almanac
USER bun
EXPOSE 3000
CMD ["./almanac"]
