FROM node:20
ENV APP_HOME=/srv/app
COPY package.json package-lock.json $APP_HOME/
RUN cd $APP_HOME && npm ci
COPY . $APP_HOME
