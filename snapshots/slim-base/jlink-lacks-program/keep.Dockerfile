FROM maven:3.9-eclipse-temurin-21-noble AS build
WORKDIR /src
COPY . .
RUN mvn -B package

FROM eclipse-temurin:21-jre-noble
WORKDIR /app
COPY --from=build /src/target/shop.jar ./
HEALTHCHECK CMD ["jfr", "summary", "/app/last.jfr"]
CMD ["java", "-jar", "shop.jar"]
