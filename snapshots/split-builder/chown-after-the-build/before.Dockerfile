FROM node:20
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
RUN mkdir -p uploads && chown -R node:node /app
USER node
CMD ["node", "dist/server.js"]
