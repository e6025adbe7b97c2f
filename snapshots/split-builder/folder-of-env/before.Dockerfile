FROM node:20
ENV APP_HOME /usr/src/app
RUN mkdir -p $APP_HOME
WORKDIR $APP_HOME
COPY package*.json $APP_HOME/
RUN cd $APP_HOME && npm ci
COPY . $APP_HOME
RUN npm run build && rm -rf $APP_HOME/src
CMD ["node", "dist/server.js"]
