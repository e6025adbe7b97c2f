FROM node:18
WORKDIR /srv/shop
COPY . .
RUN npm ci
RUN npm run build
RUN npm prune --omit=dev && rm -rf src
CMD ["node", "dist/server.js"]
