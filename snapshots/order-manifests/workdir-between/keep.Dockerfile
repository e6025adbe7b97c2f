FROM node:20
WORKDIR /app
COPY . .
USER node
WORKDIR /app/src
WORKDIR /app
RUN npm ci
