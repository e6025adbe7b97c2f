FROM node:20 AS base
WORKDIR /app

FROM base AS builder
COPY client/package*.json client/
RUN npm ci --prefix client
COPY server/package*.json server/
RUN npm ci --prefix server
COPY . .
RUN npm run build --prefix client && npm --prefix server run build
RUN cd server && npm prune --omit=dev --no-save
RUN rm -rf client/node_modules client/index.html client/public client/src client/vite.config.js server/src server/tsconfig.json

FROM base
COPY --from=builder /app/client ./client
COPY --from=builder /app/server ./server
ENV NODE_ENV=production
EXPOSE 3000
CMD ["node", "server/dist/index.js"]
