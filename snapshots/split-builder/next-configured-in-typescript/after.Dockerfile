FROM node:22 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN npm ci
RUN npm run build

FROM base
COPY --from=builder /app/package.json \
    /app/package-lock.json \
    /app/next.config.ts \
    /app/tsconfig.json \
    ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/app ./app
COPY --from=builder /app/public ./public
COPY --from=builder /app/.next ./.next
CMD ["npx", "next", "start"]
