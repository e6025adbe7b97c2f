FROM node:20 AS packages
WORKDIR /app
COPY packages .
RUN corepack enable
RUN pnpm install ms

FROM node:20 AS option
WORKDIR /app
COPY option .
RUN corepack enable
RUN pnpm install --lockfile-only

FROM node:20 AS hooks
WORKDIR /app
COPY hooks .
RUN corepack enable
RUN pnpm install

FROM node:20 AS registry
WORKDIR /app
COPY registry .
RUN corepack enable
RUN pnpm install --frozen-lockfile --registry "$(cat registry)"

FROM node:20 AS newer
WORKDIR /app
COPY newer .
RUN corepack enable
RUN pnpm install

FROM node:20 AS linker
WORKDIR /app
COPY linker .
RUN corepack enable
RUN pnpm install
