FROM node:22-alpine
WORKDIR /srv/shop
COPY . .
RUN npm ci
RUN npm run build
RUN adduser -D -h /srv/shop shop
USER shop
CMD ["node", "dist/server.js"]
