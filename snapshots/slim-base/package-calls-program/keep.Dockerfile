FROM node:20 AS builder
WORKDIR /app
COPY package*.json ./
RUN npm ci

FROM node:20
WORKDIR /app
COPY --from=builder /app/node_modules ./node_modules
COPY . .
CMD ["node", "server.js"]
