FROM maven:3.9-eclipse-temurin-21 AS base
ARG JAR_FILE="target/*.jar"
WORKDIR /app

FROM base AS builder
COPY . .
RUN mvn -B package -DskipTests && mv ${JAR_FILE} app.jar

FROM base
COPY --from=builder /app/app.jar ./app.jar
EXPOSE 8080
ENTRYPOINT ["java", "-jar", "/app/app.jar"]
