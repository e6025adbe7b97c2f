FROM maven:3.9-eclipse-temurin-21 AS build
COPY pom.xml /src/pom.xml
RUN cd /src && mvn -B -fn -f /src/pom.xml dependency:go-offline
COPY src/ /src/src/
RUN mvn clean install -f /src/pom.xml

FROM eclipse-temurin:21-jre
COPY --from=build /src/target/letters-1.0.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
