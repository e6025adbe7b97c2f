FROM node:20-slim
WORKDIR /app
COPY . .
RUN mkdir -p /data && chown node /data && npm ci && npm run build
USER node
CMD ["node", "dist/server.js"]
