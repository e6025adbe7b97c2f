FROM eclipse-temurin:21 AS build
COPY . /src
WORKDIR /src
RUN /opt/gradle/gradlew build

FROM eclipse-temurin:21-jre
COPY --from=build /src/build/libs/letters.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
