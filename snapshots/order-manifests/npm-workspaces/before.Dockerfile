FROM node:20
WORKDIR /repo
COPY . /repo
RUN npm ci
