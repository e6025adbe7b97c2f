FROM registry.example.com/node:1 AS base
WORKDIR /srv/shop

FROM base AS builder
COPY . .
RUN npm ci
RUN npm run build

FROM base
COPY --from=builder /srv/shop/package.json /srv/shop/package-lock.json ./
COPY --from=builder /srv/shop/dist ./dist
CMD ["node", "dist/server.js"]
