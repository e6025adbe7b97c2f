FROM registry.example.com/node:1
WORKDIR /srv/shop
COPY . .
RUN npm ci
RUN npm run build
CMD ["node", "dist/server.js"]
