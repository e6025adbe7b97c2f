FROM maven:3.9-eclipse-temurin-21 AS base
WORKDIR /build

FROM base AS builder
COPY . .
RUN mvn -B package \
    && mkdir -p /app \
    && mv target/shop-1.4.0.jar /app/shop.jar \
    && rm -rf target /root/.m2

FROM base
COPY --from=builder /app/shop.jar /app/shop.jar
WORKDIR /app
CMD ["java", "-jar", "shop.jar"]
