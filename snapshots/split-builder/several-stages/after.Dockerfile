FROM busybox:1.37 AS tools
RUN echo 60 > /retry-after

FROM node:20 AS base
WORKDIR /app
COPY --from=tools /retry-after /etc/retry-after
COPY --from=0 /bin/busybox /bin/busybox

FROM base AS builder
COPY . .
RUN npm ci && npm run build
RUN npm prune --omit=dev --no-save

FROM base AS web
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/dist ./dist
CMD ["node", "dist/server.js"]
