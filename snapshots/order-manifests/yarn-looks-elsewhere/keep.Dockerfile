FROM node:20 AS names
WORKDIR /app
COPY names .
RUN yarn add ms

FROM node:20 AS packages
WORKDIR /app
COPY packages .
RUN yarn install ms

FROM node:20 AS loader
WORKDIR /app
COPY loader .
RUN yarn install --frozen-lockfile

FROM node:20 AS settings
WORKDIR /app
COPY settings .
RUN yarn install --frozen-lockfile
