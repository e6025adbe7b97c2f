FROM maven:3.9-eclipse-temurin-21-noble AS build
WORKDIR /src
COPY . .
RUN mvn -B package

FROM openjdk:11-jre-slim-bullseye AS base
WORKDIR /app
RUN apt-get update && apt-get install -y --no-install-recommends tini

FROM base
COPY --from=build /src/target/shop.jar ./
ENV JAVA_OPTS="--add-opens java.base/java.lang=ALL-UNNAMED"
ENTRYPOINT ["tini", "--"]
CMD java $JAVA_OPTS -jar shop.jar
