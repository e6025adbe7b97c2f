FROM maven:3.9-eclipse-temurin-21 AS api
WORKDIR /src
COPY api .
RUN mvn dependency:go-offline

FROM node:22 AS web
WORKDIR /app
COPY web .
RUN npm ci

FROM maven:3.9-eclipse-temurin-21 AS jobs
WORKDIR /src
COPY jobs .
RUN mvn dependency:go-offline
