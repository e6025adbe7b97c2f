FROM maven:3.9-eclipse-temurin-21 AS build
COPY . /src
RUN cd /src/app && mvn -f ../pom.xml package

FROM eclipse-temurin:21-jre
COPY --from=build /src/target/letters-1.0.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
