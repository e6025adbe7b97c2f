FROM node:18 AS base
WORKDIR /srv/shop

FROM base AS builder
COPY . .
RUN npm ci
RUN npm run build
RUN npm prune --omit=dev && rm -rf src

FROM base
COPY --from=builder /srv/shop/package.json /srv/shop/package-lock.json ./
COPY --from=builder /srv/shop/node_modules ./node_modules
COPY --from=builder /srv/shop/dist ./dist
CMD ["node", "dist/server.js"]
