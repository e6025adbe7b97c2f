FROM maven:3-jdk-8-onbuild AS build
WORKDIR /src
COPY . .
RUN mvn package

FROM eclipse-temurin:21-jre
COPY --from=build /src/target/letters-1.0.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
