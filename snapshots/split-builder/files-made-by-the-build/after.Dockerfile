FROM node:20 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN cp .env.example .env && echo "$HOSTNAME" > build-host
RUN npm ci
RUN npm run build && cp -r public dist/
RUN rm -rf src
RUN npm prune --omit=dev --no-save

FROM base
COPY --from=builder /app/package.json \
    /app/package-lock.json \
    /app/.env.example \
    /app/.env \
    /app/build-host \
    ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/public ./public
COPY --from=builder /app/dist ./dist
CMD ["node", "dist/server.js"]
