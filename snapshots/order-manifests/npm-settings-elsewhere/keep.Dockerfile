FROM node:20 AS environment
ENV NPM_CONFIG_PREFIX=/opt/npm
WORKDIR /app
COPY environment .
RUN npm ci

FROM node:20 AS options
ENV NODE_OPTIONS=--require=./src/tracing.js
WORKDIR /app
COPY options .
RUN npm ci
