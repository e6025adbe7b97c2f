FROM node:20
WORKDIR /app
COPY . .
COPY docker/settings.js ./src/
RUN npm ci
