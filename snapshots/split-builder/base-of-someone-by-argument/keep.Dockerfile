ARG TAG=1
FROM registry.example.com/node:${TAG}
WORKDIR /srv/shop
COPY . .
RUN npm ci
RUN npm run build
CMD ["node", "dist/server.js"]
