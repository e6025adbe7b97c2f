FROM node:20 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN chown -R node:node /app
USER node
RUN npm ci && npm run build
RUN npm prune --omit=dev --no-save

FROM base
RUN chown -R node:node /app
USER node
COPY --from=builder --chown=node:node /app/package.json /app/package-lock.json ./
COPY --from=builder --chown=node /app/node_modules ./node_modules
COPY --from=builder --chown=node /app/dist ./dist
CMD ["node", "dist/server.js"]
