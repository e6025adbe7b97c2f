FROM node:20
WORKDIR /app
COPY . .
RUN export NODE_ENV=production && npm ci && npm run build
