FROM node:20 AS base
WORKDIR /app
COPY start.sh /usr/local/bin/start.sh

FROM base AS builder
COPY . .
RUN npm ci && npm run build
RUN npm prune --omit=dev --no-save

FROM base
COPY --from=builder /app/package.json /app/package-lock.json /app/start.sh ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/dist ./dist
ENTRYPOINT ["start.sh"]
CMD ["node", "dist/server.js"]
