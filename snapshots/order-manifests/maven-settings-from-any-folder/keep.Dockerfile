FROM maven:3.9-eclipse-temurin-21 AS build
COPY . /src
RUN mvn -f /src/pom.xml -s settings.xml dependency:go-offline
RUN mvn -f /src/pom.xml -s settings.xml package

FROM eclipse-temurin:21-jre
COPY --from=build /src/target/letters-1.0.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
