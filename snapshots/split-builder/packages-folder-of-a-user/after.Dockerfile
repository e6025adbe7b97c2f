FROM node:18 AS base
RUN mkdir -p /home/node/app/node_modules && chown -R node:node /home/node/app
WORKDIR /home/node/app

FROM base AS builder
COPY package*.json ./
USER node
RUN npm install
COPY --chown=node:node . .
RUN npm run build
RUN npm prune --omit=dev --no-save

FROM base
USER node
COPY --from=builder --chown=node:node /home/node/app/package.json \
    /home/node/app/package-lock.json \
    ./
COPY --from=builder --chown=node /home/node/app/node_modules ./node_modules
COPY --from=builder --chown=node /home/node/app/dist ./dist
EXPOSE 8080
CMD [ "node", "dist/server.js" ]
