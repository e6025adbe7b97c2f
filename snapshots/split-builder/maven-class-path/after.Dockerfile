FROM maven:3.9-eclipse-temurin-21 AS base
WORKDIR /src

FROM base AS builder
COPY . .
RUN mvn package

FROM base
COPY --from=builder /src/web/target/classes ./web/target/classes
COPY --from=builder /src/web/target/lib ./web/target/lib
WORKDIR /src/web
CMD ["java", "-cp", "target/classes:target/lib/*", "shop.Main"]
