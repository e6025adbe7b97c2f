FROM node:20
WORKDIR /app
COPY . .
RUN chown -R node:node /app
USER node
RUN npm ci && npm run build
CMD ["node", "dist/server.js"]
