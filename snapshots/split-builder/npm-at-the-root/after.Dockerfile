FROM node:20 AS base

FROM base AS builder
COPY . .
RUN npm ci
RUN npm run build
RUN npm prune --omit=dev --no-save

FROM base
COPY --from=builder /package.json /package-lock.json ./
COPY --from=builder /node_modules ./node_modules
COPY --from=builder /dist ./dist
CMD ["node", "dist/server.js"]
