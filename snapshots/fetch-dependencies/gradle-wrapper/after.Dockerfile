FROM eclipse-temurin:21 AS build
WORKDIR /src
COPY gradlew gradle.properties ./
COPY gradle ./gradle/
RUN chmod +x gradlew && ./gradlew --version
COPY . .
RUN chmod +x gradlew && ./gradlew build --no-daemon -x test

FROM eclipse-temurin:21-jre
COPY --from=build /src/build/libs/letters.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
