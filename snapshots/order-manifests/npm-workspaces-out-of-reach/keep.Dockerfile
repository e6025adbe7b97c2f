FROM node:20 AS pattern
WORKDIR /app
COPY pattern .
RUN npm ci

FROM node:20 AS unreadable
WORKDIR /app
COPY unreadable .
RUN npm ci

FROM node:20 AS folder
WORKDIR /app
COPY folder .
RUN npm ci

FROM node:20 AS nested
WORKDIR /app
COPY nested .
RUN npm ci

FROM node:20 AS settings
WORKDIR /app
COPY settings .
RUN npm ci
