FROM node:20 AS settings
WORKDIR /app
COPY settings .
RUN npm ci

FROM node:20 AS msw
WORKDIR /app
COPY msw .
RUN npm ci

FROM node:20 AS nx
WORKDIR /app
COPY nx .
RUN npm ci
