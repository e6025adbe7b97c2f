FROM node:22 AS api
ARG NPM_TOKEN
WORKDIR /app
COPY package.json package-lock.json ./
RUN echo "//npm.packages.example/:_authToken=${NPM_TOKEN}" > ./.npmrc
RUN npm ci
COPY . .

FROM node:22 AS web
WORKDIR /app
COPY package.json package-lock.json ./
RUN echo "@shop:registry=https://packages.example/" >> .npmrc && npm ci
COPY . .
RUN node src/index.js
