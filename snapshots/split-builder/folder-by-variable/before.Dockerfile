FROM node:20-bookworm
ENV APP_HOME=/usr/src/app
WORKDIR $APP_HOME
COPY package*.json $APP_HOME/
RUN npm ci
COPY . ${APP_HOME}
RUN npm run build
CMD ["node", "dist/server.js"]
