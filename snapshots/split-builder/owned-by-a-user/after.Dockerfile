FROM node:20 AS base
RUN mkdir -p /app && chown node:node /app
WORKDIR /app
USER node

FROM base AS builder
COPY --chown=node:node . .
RUN npm ci
RUN npm run build
RUN npm prune --omit=dev --no-save

FROM base
COPY --from=builder --chown=node:node /app/package.json /app/package-lock.json ./
COPY --from=builder --chown=node /app/node_modules ./node_modules
COPY --from=builder --chown=node /app/dist ./dist
CMD ["node", "dist/server.js"]
