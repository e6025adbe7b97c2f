FROM debian:bookworm AS unknown
WORKDIR /app
COPY unknown .
RUN npm install

FROM node:24 AS peers
WORKDIR /app
COPY peers .
RUN npm install

FROM node:20 AS incomplete
WORKDIR /app
COPY incomplete .
RUN npm install

FROM node:20 AS formatted
WORKDIR /app
COPY formatted .
RUN npm install

FROM node:20 AS peerless
WORKDIR /app
COPY peerless .
RUN npm install --legacy-peer-deps

FROM node:20 AS broken
WORKDIR /app
COPY broken .
RUN npm install

FROM node:20 AS yarn
WORKDIR /app
COPY yarn .
RUN npm install
