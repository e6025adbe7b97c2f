FROM node:20
WORKDIR /app
COPY . .
RUN mkdir /data && chown -R daemon /data && npm ci && npm run build && chown -R node:node /app
USER node
CMD ["node", "dist/server.js"]
