FROM node:20-bookworm
ARG ROOT=/usr/src
ENV APP_HOME=$ROOT/app
WORKDIR $APP_HOME
COPY package*.json $APP_HOME/
RUN npm ci
COPY . ${APP_HOME}
RUN npm run build
CMD ["node", "dist/server.js"]
