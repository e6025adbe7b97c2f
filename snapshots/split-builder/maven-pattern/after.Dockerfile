FROM maven:3.9-eclipse-temurin-21 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN ./mvnw package

FROM base
COPY --from=builder /app/target/shop-1.4.0.jar ./target/shop-1.4.0.jar
ENTRYPOINT ["sh", "-c", "exec java $JAVA_OPTS -jar /app/target/*.jar"]
