FROM node:20
WORKDIR /app
RUN corepack enable
COPY . .
RUN yarn install
RUN yarn build
