FROM node:20 AS base

FROM base AS builder
COPY . /app
RUN cd /app && npm ci && npm run build
RUN cd /app && npm prune --omit=dev --no-save

FROM base
COPY --from=builder /app/package.json /app/package-lock.json /app/
COPY --from=builder /app/node_modules /app/node_modules
COPY --from=builder /app/dist /app/dist
WORKDIR /app
CMD ["node", "dist/main"]
