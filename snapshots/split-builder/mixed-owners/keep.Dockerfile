FROM node:20
WORKDIR /app
COPY . .
COPY --chown=node:node public/prices.json ./public/
RUN npm ci
RUN npm run build
CMD ["node", "dist/server.js"]
