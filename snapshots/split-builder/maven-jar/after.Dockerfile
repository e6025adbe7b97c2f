FROM maven:3.9-eclipse-temurin-21 AS base

WORKDIR /app

FROM base AS builder
COPY . .
RUN mvn -B clean package -DskipTests

FROM base
COPY --from=builder /app/target/shop-1.4.0.jar ./target/shop-1.4.0.jar

EXPOSE 8080
CMD ["java", "-jar", "target/shop-1.4.0.jar"]
