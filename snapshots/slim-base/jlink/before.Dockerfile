FROM maven:3.9-eclipse-temurin-21-noble AS build
WORKDIR /src
COPY . .
RUN mvn -B package

# What runs.
FROM eclipse-temurin:21-jdk-noble
WORKDIR /app
COPY --from=build /src/target/shop.jar ./
ENV JAVA_OPTS=-Xmx200m
CMD ["java", "-jar", "shop.jar"]
