FROM maven:3.9-eclipse-temurin-21 AS base
VOLUME /tmp

FROM base AS builder
COPY . .
RUN mvn clean install
RUN mv target/*.jar app.jar

FROM base
COPY --from=builder /app.jar ./app.jar
ENTRYPOINT ["java", "-jar", "app.jar"]
