# syntax=docker/dockerfile:1.20
FROM node:20
WORKDIR /repo
COPY . /repo
RUN npm ci
