FROM node:20
WORKDIR /srv
COPY . app
WORKDIR /srv/app
RUN npm ci
