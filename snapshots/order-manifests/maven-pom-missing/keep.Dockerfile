FROM maven:3.9-eclipse-temurin-21 AS api
WORKDIR /src
COPY api .
RUN mvn dependency:go-offline
RUN mvn package

FROM maven:3.9-eclipse-temurin-21 AS worker
WORKDIR /src
COPY worker .
RUN mvn dependency:go-offline
RUN mvn package

FROM eclipse-temurin:21-jre
COPY --from=api /src/target/letters-1.0.jar /api.jar
COPY --from=worker /src/target/letters-1.0.jar /worker.jar
CMD ["java", "-jar", "/api.jar"]
