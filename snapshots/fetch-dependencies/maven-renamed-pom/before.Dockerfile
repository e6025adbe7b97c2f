FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /letters
COPY src src
COPY pom-image.xml pom.xml
RUN mvn package -q

FROM eclipse-temurin:21-jre
COPY --from=build /letters/target/letters-1.0.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
