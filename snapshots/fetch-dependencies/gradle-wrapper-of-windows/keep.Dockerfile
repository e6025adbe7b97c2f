FROM eclipse-temurin:21 AS build
WORKDIR /src
COPY . .
RUN chmod +x gradlew && ./gradlew build

FROM eclipse-temurin:21-jre
COPY --from=build /src/build/libs/letters.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
