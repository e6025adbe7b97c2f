FROM node:20
WORKDIR /app
COPY . .
RUN node scripts/versions.js
RUN npm ci
