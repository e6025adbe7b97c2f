FROM node:14 AS base

FROM base AS builder
COPY . /shop
WORKDIR /shop
RUN npm i
RUN npm run build
RUN npm prune --production

FROM base
WORKDIR /shop
COPY --from=builder /shop/package.json /shop/package-lock.json ./
COPY --from=builder /shop/node_modules ./node_modules
COPY --from=builder /shop/public ./public
COPY --from=builder /shop/dist ./dist
CMD npm start
