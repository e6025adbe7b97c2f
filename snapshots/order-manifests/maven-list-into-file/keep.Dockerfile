FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
COPY . .
RUN mvn -B dependency:list -DoutputFile=licences.txt
RUN mvn -B package

FROM eclipse-temurin:21-jre
COPY --from=build /src/target/letters-1.0.jar /app.jar
COPY --from=build /src/licences.txt /licences.txt
CMD ["java", "-jar", "/app.jar"]
