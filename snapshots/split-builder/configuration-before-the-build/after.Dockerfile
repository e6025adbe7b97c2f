FROM node:20 AS base
ARG REVISION=unknown
WORKDIR /app

FROM base AS builder
COPY . .
ENV PORT=3000
RUN npm ci

RUN npm run build
RUN npm prune --omit=dev --no-save

FROM base
CMD ["dist/server.js"]
ENV PORT=3000
# Who made it
LABEL org.opencontainers.image.revision=$REVISION
# Stops at once
STOPSIGNAL SIGINT
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/dist ./dist
ENTRYPOINT ["node"]
