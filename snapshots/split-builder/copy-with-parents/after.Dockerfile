# syntax=docker/dockerfile:1.20
FROM node:20 AS base
WORKDIR /app

FROM base AS builder
COPY --parents client/package*.json server/package*.json ./
RUN npm --prefix client ci
RUN npm --prefix server ci
COPY . .
RUN npm --prefix client run build
RUN npm --prefix server run build
RUN cd server && npm prune --omit=dev --no-save
RUN rm -rf client/node_modules client/index.html client/public client/src client/vite.config.js server/src server/tsconfig.json

FROM base
COPY --from=builder /app/client ./client
COPY --from=builder /app/server ./server
CMD ["node", "server/dist/index.js"]
