FROM maven:3.9-eclipse-temurin-21 AS base
WORKDIR /app

FROM base AS builder
COPY pom.xml .
RUN mvn -B dependency:go-offline
COPY src src
RUN mvn -B package -DskipTests && mv target/*.jar /app.jar

FROM base
COPY --from=builder /app.jar /app.jar
ENV JAVA_OPTS=""
ENTRYPOINT ["sh", "-c", "java $JAVA_OPTS -jar /app.jar"]
