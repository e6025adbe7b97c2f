FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
COPY pom.xml ./
COPY words/pom.xml ./words/
COPY app/pom.xml ./app/
RUN mvn -B -fn -pl app -am dependency:go-offline
COPY . .
RUN mvn -B package -pl app -am

FROM eclipse-temurin:21-jre
COPY --from=build /src/app/target/app-1.0.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
