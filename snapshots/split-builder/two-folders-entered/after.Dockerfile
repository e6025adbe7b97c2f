FROM node:20 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN cd client && npm ci && npm run build
RUN cd server && npm ci && npm run build && mkdir -p uploads && chmod 777 uploads
RUN cd server && npm prune --omit=dev --no-save
RUN rm -rf client/node_modules client/index.html client/public client/src client/vite.config.js server/src server/tsconfig.json

FROM base
COPY --from=builder /app/client ./client
COPY --from=builder /app/server ./server
EXPOSE 3000
CMD cd server && npm start
