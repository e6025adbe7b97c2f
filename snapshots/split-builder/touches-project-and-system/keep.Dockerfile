FROM node:20
WORKDIR /app
COPY . .
RUN mkdir -p dist/uploads /data && npm ci && npm run build
CMD ["node", "dist/server.js"]
