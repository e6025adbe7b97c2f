FROM maven:3.9-eclipse-temurin-21 AS base
WORKDIR /src

FROM base AS builder
COPY . .
RUN mvn -B -ntp verify -pl web -am

FROM base
COPY --from=builder /src/web/target/shop-web-2.1.jar ./web/target/shop-web-2.1.jar
COPY --from=builder /src/web/target/lib ./web/target/lib
CMD ["java", "-jar", "web/target/shop-web-2.1.jar"]
