FROM gradle:8.12-jdk21 AS build
WORKDIR /src
COPY . .
RUN gradle dependencies
RUN gradle build

FROM eclipse-temurin:21-jre
COPY --from=build /src/build/libs/letters.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
