FROM node:20 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN mkdir /data && chown -R daemon /data && npm ci && npm run build && chown -R node:node /app
RUN npm prune --omit=dev --no-save

FROM base
RUN mkdir /data && chown -R daemon /data
RUN chown -R node:node /app
COPY --from=builder --chown=node:node /app/package.json /app/package-lock.json ./
COPY --from=builder --chown=node:node /app/node_modules ./node_modules
COPY --from=builder --chown=node:node /app/dist ./dist
USER node
CMD ["node", "dist/server.js"]
