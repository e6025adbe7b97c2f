FROM node:20
WORKDIR /srv
COPY package.json package-lock.json app/
WORKDIR /srv/app
RUN npm ci
COPY . /srv/app/
