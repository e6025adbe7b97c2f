FROM eclipse-temurin:21 AS build
WORKDIR /src
COPY pom.xml mvnw ./
COPY .mvn ./.mvn/
RUN chmod +x mvnw && ./mvnw -B -fn dependency:go-offline
COPY . .
RUN chmod +x mvnw && ./mvnw package

FROM eclipse-temurin:21-jre
COPY --from=build /src/target/letters-1.0.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
