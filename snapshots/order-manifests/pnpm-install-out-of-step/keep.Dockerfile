FROM node:20 AS version
WORKDIR /app
COPY version .
RUN corepack enable
RUN pnpm install

FROM node:20 AS overrides
WORKDIR /app
COPY overrides .
RUN corepack enable
RUN pnpm install

FROM node:20 AS setting
WORKDIR /app
COPY setting .
RUN corepack enable
RUN pnpm install

FROM node:20 AS made
WORKDIR /app
COPY made .
RUN corepack enable
RUN pnpm install

FROM node:20 AS gone
WORKDIR /app
COPY gone .
RUN corepack enable
RUN pnpm install

FROM node:20 AS dependency
WORKDIR /app
COPY dependency .
RUN corepack enable
RUN pnpm install
