FROM node:20
WORKDIR /app
COPY package*.json ./
RUN npm ci && npm cache clean --force && apt-get update && apt-get install -y curl
COPY . .
RUN npm run build
CMD ["node", "dist/main"]
