FROM eclipse-temurin:21 AS build
WORKDIR /src
COPY settings.gradle build.gradle gradlew ./
COPY gradle ./gradle/
RUN ./gradlew dependencies
COPY . .
RUN ./gradlew build

FROM eclipse-temurin:21-jre
COPY --from=build /src/build/libs/letters.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
