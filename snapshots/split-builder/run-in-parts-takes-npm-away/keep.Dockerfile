FROM node:20
WORKDIR /app
COPY . .
RUN npm ci && npm run build && rm -rf /usr/local/lib/node_modules/npm
CMD ["node", "dist/server.js"]
