FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
COPY pom.xml release.flag ./
COPY extra/pom.xml ./extra/
COPY ci/settings.xml ./ci/
RUN mvn -B -fn -s ci/settings.xml -P release dependency:go-offline
COPY . .
RUN mvn -s ci/settings.xml -Prelease package

FROM eclipse-temurin:21-jre
COPY --from=build /src/target/letters-1.0.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
