FROM node:20
ENV APP_HOME /usr/src/app
WORKDIR $APP_HOME
COPY package.json package-lock.json $APP_HOME/
RUN npm ci
COPY . $APP_HOME
