FROM node:20 AS lockless
WORKDIR /app
COPY lockless .
RUN corepack enable
RUN pnpm fetch

FROM node:20 AS folder
WORKDIR /app
COPY folder .
RUN corepack enable
RUN pnpm fetch
