FROM registry.example.com/node:1
WORKDIR /srv/shop
COPY --chown=1001 . .
RUN npm ci
RUN npm run build
CMD ["node", "dist/server.js"]
