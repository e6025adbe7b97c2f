FROM gradle:8.12-jdk21 AS build
WORKDIR /src
COPY . .
RUN gradle -Dgradle.user.home=/cache dependencies
RUN gradle -Dgradle.user.home=/cache build

FROM eclipse-temurin:21-jre
COPY --from=build /src/build/libs/letters.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
