FROM node:20-bookworm-slim
RUN apt-get update && apt-get install -y make libmapnik-dev
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
CMD ["node", "dist/server.js"]
