FROM eclipse-temurin:21 AS build
WORKDIR /src
COPY . .
RUN ./gradlew -g "$(cat cache.path)" build

FROM eclipse-temurin:21-jre
COPY --from=build /src/build/libs/letters.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
