FROM maven:3.9-eclipse-temurin-21 AS build
ENV MAVEN_OPTS=-javaagent:/src/tools/agent.jar
WORKDIR /src
COPY . .
RUN mvn package

FROM eclipse-temurin:21-jre
COPY --from=build /src/target/letters-1.0.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
