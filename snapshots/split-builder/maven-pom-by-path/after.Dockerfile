FROM maven:3.9-eclipse-temurin-21 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN mvn -B -f /app/pom.xml package

FROM base
COPY --from=builder /app/target/letters-1.0.jar ./target/letters-1.0.jar
CMD ["java", "-jar", "target/letters-1.0.jar"]
