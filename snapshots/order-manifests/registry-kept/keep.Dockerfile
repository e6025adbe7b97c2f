FROM node:22 AS settings-elsewhere
ARG NPM_TOKEN
WORKDIR /app
COPY settings-elsewhere .
RUN echo "cafile=certs/shop.pem" > .npmrc && npm ci

FROM node:22 AS own-settings
ARG NPM_TOKEN
WORKDIR /app
COPY own-settings .
RUN echo "registry=https://packages.example/" >> .npmrc && npm ci

FROM node:22 AS taken-away
ARG NPM_TOKEN
WORKDIR /app
COPY taken-away .
RUN echo "//registry.example/:_authToken=${NPM_TOKEN}" > .npmrc && npm ci && rm -f .npmrc

FROM node:22 AS taken-away-by-pattern
ARG NPM_TOKEN
WORKDIR /app
COPY taken-away-by-pattern .
RUN echo "//registry.example/:_authToken=${NPM_TOKEN}" > .npmrc && npm ci && rm -f .npm*

FROM node:22 AS token-of-a-file
ARG NPM_TOKEN
WORKDIR /app
COPY token-of-a-file .
RUN echo "//registry.example/:_authToken=$(cat token)" > .npmrc && npm ci
