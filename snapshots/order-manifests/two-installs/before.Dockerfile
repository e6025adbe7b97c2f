FROM node:20
WORKDIR /app
COPY . .
RUN npm ci && cd client && npm ci && npm run build
