# syntax=docker/dockerfile:1.20
FROM node:20
WORKDIR /repo
COPY package.json package-lock.json /repo/
COPY --parents apps/web/package.json tools/package.json /repo/
RUN npm ci
COPY . /repo
