FROM node:20 AS setting
WORKDIR /app
COPY setting .
RUN corepack enable
RUN pnpm install --frozen-lockfile

FROM node:20 AS flow
WORKDIR /app
COPY flow .
RUN corepack enable
RUN pnpm install --frozen-lockfile

FROM node:20 AS override
WORKDIR /app
COPY override .
RUN corepack enable
RUN pnpm install --frozen-lockfile

FROM node:20 AS unlisted
WORKDIR /app
COPY unlisted .
RUN corepack enable
RUN pnpm install --frozen-lockfile

FROM node:20 AS patch
WORKDIR /app
COPY patch .
RUN corepack enable
RUN pnpm install --frozen-lockfile

FROM node:20 AS manifest
WORKDIR /app
COPY manifest .
RUN corepack enable
RUN pnpm install --frozen-lockfile

FROM node:20 AS globals
WORKDIR /app
COPY globals .
RUN corepack enable
RUN pnpm install --frozen-lockfile
