FROM node:20-bookworm-slim AS base

FROM base AS builder
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update && apt-get install -y --no-install-recommends g++ libcairo2-dev
ARG DEBIAN_FRONTEND=noninteractive
ARG REVISION
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update && apt-get install -y --no-install-recommends make fonts-dejavu
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
RUN npm prune --omit=dev --no-save

FROM base
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update && apt-get install -y --no-install-recommends libatomic1 libgomp1 libcairo2 libcairo-gobject2 libcairo-script-interpreter2
ARG DEBIAN_FRONTEND=noninteractive
ARG REVISION
LABEL revision=$REVISION
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update && apt-get install -y --no-install-recommends fonts-dejavu
WORKDIR /app
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/dist ./dist
CMD ["node", "dist/server.js"]
