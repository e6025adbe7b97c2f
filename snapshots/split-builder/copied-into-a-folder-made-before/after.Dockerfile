FROM node:20 AS base
ENV OUT=/srv/out
WORKDIR /app

FROM base AS builder
COPY . .
RUN npm ci
RUN npm run build && mkdir -p $OUT && cp -r dist $OUT
RUN npm prune --omit=dev --no-save

FROM base
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/dist ./dist
COPY --from=builder /srv/out/dist /srv/out/dist
CMD ["node", "/srv/out/dist/server.js"]
