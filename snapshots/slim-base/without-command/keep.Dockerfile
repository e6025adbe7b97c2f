FROM node:20
WORKDIR /app
COPY server.js .
