FROM maven:3.9-eclipse-temurin-21 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN mvn package

FROM base
COPY --from=builder /app/settings ./settings
COPY --from=builder /app/target/shop-1.4.0.jar ./target/shop-1.4.0.jar
RUN cp settings/production.properties /etc/shop.properties
CMD ["java", "-jar", "target/shop-1.4.0.jar", "--spring.config.additional-location=/etc/shop.properties"]
