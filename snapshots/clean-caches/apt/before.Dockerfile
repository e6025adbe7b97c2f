FROM node:20-slim
RUN apt-get update && apt-get install -y --no-install-recommends git
WORKDIR /app
COPY . .
RUN npm ci && npm run build
RUN apt-get clean && rm -rf /var/lib/apt/lists/* /tmp/*
CMD ["node", "dist/server.js"]
