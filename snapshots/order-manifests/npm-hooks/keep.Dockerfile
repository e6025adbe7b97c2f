FROM node:20 AS hooks
WORKDIR /app
COPY hooks .
RUN npm install

FROM node:20 AS config
WORKDIR /app
COPY config .
RUN npm ci

FROM node:20 AS field
WORKDIR /app
COPY field .
RUN npm ci

FROM node:20 AS elsewhere
WORKDIR /app
COPY elsewhere .
RUN npm ci

FROM node:20 AS output
WORKDIR /app
COPY output .
RUN npm ci

FROM node:20 AS generator
WORKDIR /app
COPY generator .
RUN npm ci
