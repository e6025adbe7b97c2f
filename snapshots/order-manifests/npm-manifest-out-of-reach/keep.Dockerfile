FROM node:20 AS unreadable
WORKDIR /app
COPY unreadable .
RUN npm ci

FROM node:20 AS lockless
WORKDIR /app
COPY lockless .
RUN npm ci

FROM node:20 AS broken
WORKDIR /app
COPY broken .
RUN npm ci
