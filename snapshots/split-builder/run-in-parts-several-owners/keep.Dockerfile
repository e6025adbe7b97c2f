FROM node:20
WORKDIR /app
COPY . .
RUN npm ci && npm run build && chown -R node /app && chown -R :daemon /app
USER node
CMD ["node", "dist/server.js"]
