FROM node:20
COPY src /app/src
WORKDIR /app
COPY package*.json ./
RUN npm ci
