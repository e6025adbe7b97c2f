FROM eclipse-temurin:21 AS build
ENV MAVEN_USER_HOME=.maven
WORKDIR /src
COPY . .
RUN ./mvnw dependency:go-offline
RUN ./mvnw package

FROM eclipse-temurin:21-jre
COPY --from=build /src/target/letters-1.0.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
