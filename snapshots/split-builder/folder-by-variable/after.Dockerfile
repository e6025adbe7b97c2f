FROM node:20-bookworm AS base
ENV APP_HOME=/usr/src/app
WORKDIR $APP_HOME

FROM base AS builder
COPY package*.json $APP_HOME/
RUN npm ci
COPY . ${APP_HOME}
RUN npm run build
RUN npm prune --omit=dev --no-save

FROM base
COPY --from=builder /usr/src/app/package.json /usr/src/app/package-lock.json ./
COPY --from=builder /usr/src/app/node_modules ./node_modules
COPY --from=builder /usr/src/app/src ./src
COPY --from=builder /usr/src/app/dist ./dist
CMD ["node", "dist/server.js"]
