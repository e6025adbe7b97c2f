FROM node:18 AS base
WORKDIR /usr/src/app

FROM base AS builder
COPY . .
RUN npm install
RUN npm run build
RUN npm prune --omit=dev --no-save

FROM base
COPY --from=builder /usr/src/app/package.json ./
COPY --from=builder /usr/src/app/node_modules ./node_modules
COPY --from=builder /usr/src/app/dist ./dist
CMD ["node", "dist/index.js"]
