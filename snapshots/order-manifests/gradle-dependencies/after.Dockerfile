FROM gradle:8-jdk21 AS build
WORKDIR /src
COPY settings.gradle build.gradle gradle.properties ./
COPY gradle/libs.versions.toml ./gradle/
COPY app/build.gradle ./app/
COPY lib/words/build.gradle ./lib/words/
RUN gradle dependencies --no-daemon
COPY . .
RUN gradle build --no-daemon

FROM eclipse-temurin:21-jre
COPY --from=build /src/build/libs/letters.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
