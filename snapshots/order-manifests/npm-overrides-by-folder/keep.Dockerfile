FROM node:20 AS web
WORKDIR /app
COPY web .
RUN npm ci
