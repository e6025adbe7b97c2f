FROM node:20 AS base
WORKDIR /app

FROM base AS builder
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build
RUN npm prune --omit=dev --no-save
RUN rm -rf client/node_modules client/index.html client/public client/src client/vite.config.js

FROM base
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/client ./client
COPY --from=builder /app/dist ./dist
EXPOSE 3000
CMD ["npm", "start"]
