FROM node:22 AS api
ARG NPM_TOKEN
WORKDIR /app
COPY . .
RUN echo "//npm.packages.example/:_authToken=${NPM_TOKEN}" > ./.npmrc
RUN npm ci

FROM node:22 AS web
WORKDIR /app
COPY . .
RUN echo "@shop:registry=https://packages.example/" >> .npmrc && npm ci && node src/index.js
