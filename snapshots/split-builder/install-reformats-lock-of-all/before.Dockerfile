FROM node:14
COPY . /shop
WORKDIR /shop
RUN npm i
RUN npm run build
CMD npm start
