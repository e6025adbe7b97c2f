FROM eclipse-temurin:21 AS build
WORKDIR /src
ENV GRADLE_OPTS=-Dgradle.user.home=/cache
COPY . .
RUN ./gradlew build

FROM eclipse-temurin:21-jre
COPY --from=build /src/build/libs/letters.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
