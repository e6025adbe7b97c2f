FROM node:12 AS version
WORKDIR /app
COPY version .
RUN npm install

FROM node:12 AS format
WORKDIR /app
COPY format .
RUN npm install

FROM node:12 AS range
WORKDIR /app
COPY range .
RUN npm install

FROM node:12 AS missing
WORKDIR /app
COPY missing .
RUN npm install

FROM node:12 AS unused
WORKDIR /app
COPY unused .
RUN npm install

FROM node:12 AS manifest
WORKDIR /app
COPY manifest .
RUN npm install

FROM node:6 AS log
WORKDIR /app
COPY log .
RUN npm install
