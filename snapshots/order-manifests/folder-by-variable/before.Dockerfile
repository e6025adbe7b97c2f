FROM node:20
ENV APP_HOME=/srv/app
COPY . $APP_HOME
RUN cd $APP_HOME && npm ci
