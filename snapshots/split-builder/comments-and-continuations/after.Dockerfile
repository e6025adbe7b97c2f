# The web shop
FROM node:20-alpine AS base

# tini reaps zombies
RUN apk add --no-cache \
    # small, and enough
    tini

WORKDIR /app

FROM base AS builder
# Everything
COPY . .

# Exact versions
RUN npm ci \
    # no nagging
    --no-audit

# Compile
RUN npm run build
RUN npm prune --omit=dev --no-save

FROM base
# Where it listens
EXPOSE 3000
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/dist ./dist

# Who runs it
USER node
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/server.js"]
