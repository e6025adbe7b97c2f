FROM node:20 AS names
WORKDIR /app
COPY names .
RUN corepack enable
RUN pnpm add ms

FROM node:20 AS packages
WORKDIR /app
COPY packages .
RUN corepack enable
RUN pnpm install ms

FROM node:20 AS deploy
WORKDIR /app
COPY deploy .
RUN corepack enable
RUN pnpm --filter web deploy /srv

FROM node:20 AS rebuild
WORKDIR /app
COPY rebuild .
RUN corepack enable
RUN pnpm rebuild

FROM node:20 AS option
WORKDIR /app
COPY option .
RUN corepack enable
RUN pnpm install --frozen-lockfile --config.modules-dir=packages

FROM node:20 AS filter
WORKDIR /app
COPY filter .
RUN corepack enable
RUN pnpm install --frozen-lockfile --filter '[main]'

FROM node:20 AS store
WORKDIR /app
COPY store .
RUN corepack enable
RUN pnpm install --frozen-lockfile --store-dir .store
