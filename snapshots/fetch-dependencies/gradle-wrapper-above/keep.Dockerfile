FROM eclipse-temurin:21 AS build
WORKDIR /src
COPY . .
RUN cd app && ../gradlew build

FROM eclipse-temurin:21-jre
COPY --from=build /src/app/build/libs/app.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
