FROM gradle:8.12-jdk21 AS build
WORKDIR /src
COPY . .
RUN gradle -I ci/mirror.gradle dependencies
RUN gradle -I ci/mirror.gradle build

FROM eclipse-temurin:21-jre
COPY --from=build /src/build/libs/letters.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
