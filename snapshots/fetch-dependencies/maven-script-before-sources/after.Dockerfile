FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
COPY ci/settings.sh /opt/
RUN sh /opt/settings.sh
COPY pom.xml ./
RUN mvn -B -fn dependency:go-offline
COPY . .
RUN mvn package

FROM eclipse-temurin:21-jre
COPY --from=build /src/target/letters-1.0.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
