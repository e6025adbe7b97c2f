FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
COPY pom.xml ./
COPY words/pom.xml ./words/
COPY app/pom.xml ./app/
RUN mvn -B dependency:resolve dependency:resolve-plugins
COPY . .
RUN mvn -B package

FROM eclipse-temurin:21-jre
COPY --from=build /src/app/target/app-1.0.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
