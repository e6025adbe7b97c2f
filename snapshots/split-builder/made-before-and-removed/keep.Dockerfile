FROM node:20
ENV APP=/srv/app
WORKDIR /srv/app
RUN mkdir -p $APP/data
COPY . .
RUN npm ci && npm run build && rm -rf $APP/data
CMD ["node", "dist/server.js"]
