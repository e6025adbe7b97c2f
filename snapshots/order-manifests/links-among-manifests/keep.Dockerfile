FROM maven:3.9-eclipse-temurin-21 AS java
WORKDIR /src
COPY java .
RUN mvn dependency:go-offline

FROM node:20 AS manifest
WORKDIR /src
COPY manifest .
RUN npm ci

FROM node:20 AS patches
WORKDIR /src
COPY patches .
RUN npm ci

FROM node:20 AS members
WORKDIR /src
COPY members .
RUN npm ci

FROM node:20 AS releases
WORKDIR /src
COPY releases .
RUN yarn install --immutable

FROM golang:1.22 AS sums
WORKDIR /src
COPY sums .
RUN go mod download
