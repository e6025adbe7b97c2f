FROM node:20 AS unreadable
WORKDIR /app
COPY unreadable .
RUN yarn install

FROM node:20 AS resolutions
WORKDIR /app
COPY resolutions .
RUN yarn install

FROM node:20 AS integrity
WORKDIR /app
COPY integrity .
RUN yarn install

FROM node:20 AS unused
WORKDIR /app
COPY unused .
RUN yarn install

FROM node:20 AS forced
WORKDIR /app
COPY forced .
RUN yarn install --force
