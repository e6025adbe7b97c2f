FROM node:20 AS base
ENV APP_HOME /usr/src/app
RUN mkdir -p $APP_HOME
WORKDIR $APP_HOME

FROM base AS builder
COPY package*.json $APP_HOME/
RUN cd $APP_HOME && npm ci
COPY . $APP_HOME
RUN npm run build && rm -rf $APP_HOME/src
RUN npm prune --omit=dev --no-save

FROM base
COPY --from=builder /usr/src/app/package.json /usr/src/app/package-lock.json ./
COPY --from=builder /usr/src/app/node_modules ./node_modules
COPY --from=builder /usr/src/app/dist ./dist
CMD ["node", "dist/server.js"]
