FROM node:20
RUN mkdir -p /app && chown node:node /app
WORKDIR /app
USER node
COPY --chown=node:node . .
RUN npm ci
RUN npm run build
CMD ["node", "dist/server.js"]
