FROM maven:3.9-eclipse-temurin-21-noble AS build
WORKDIR /src
COPY . .
RUN mvn -B package

FROM openjdk:11-jre-slim-bullseye AS base
WORKDIR /app
RUN apt-get update && apt-get install -y --no-install-recommends tini

FROM openjdk:11-jdk-slim-bullseye AS jlink
WORKDIR /jlink
RUN jlink --add-modules java.se --no-header-files --no-man-pages --output usr/local/openjdk-11 \
    && cp /usr/local/openjdk-11/lib/security/cacerts usr/local/openjdk-11/lib/security/cacerts \
    && usr/local/openjdk-11/bin/java -Xshare:dump \
    && cp -a --parents /etc/ssl/certs/ca-certificates.crt /jlink

FROM debian:bullseye-slim AS java
ENV JAVA_HOME=/usr/local/openjdk-11
ENV PATH=/usr/local/openjdk-11/bin:$PATH LANG=C.UTF-8
COPY --from=jlink /jlink /

FROM java
WORKDIR /app
RUN apt-get update && apt-get install -y --no-install-recommends tini
COPY --from=build /src/target/shop.jar ./
ENV JAVA_OPTS="--add-opens java.base/java.lang=ALL-UNNAMED"
ENTRYPOINT ["tini", "--"]
CMD java $JAVA_OPTS -jar shop.jar
