FROM node:20 AS setting
WORKDIR /app
COPY setting .
RUN yarn install --immutable

FROM node:20 AS lockless
WORKDIR /app
COPY lockless .
RUN yarn install --immutable
