FROM maven:3.9-eclipse-temurin-21-noble AS build
WORKDIR /src
COPY . .
RUN mvn -B package

FROM eclipse-temurin:21-jdk
WORKDIR /app
COPY --from=build /src/target/shop.jar ./
CMD ["java", "-jar", "shop.jar"]
