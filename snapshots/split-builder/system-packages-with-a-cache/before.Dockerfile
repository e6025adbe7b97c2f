FROM node:20-bookworm-slim
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update && apt-get install -y --no-install-recommends g++ libcairo2-dev
ARG DEBIAN_FRONTEND=noninteractive
ARG REVISION
LABEL revision=$REVISION
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update && apt-get install -y --no-install-recommends make fonts-dejavu
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
CMD ["node", "dist/server.js"]
