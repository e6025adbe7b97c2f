FROM maven:3.9-eclipse-temurin-21
WORKDIR /app
COPY . .
RUN mvn -B -f /app/server/pom.xml package
CMD ["java", "-jar", "server/target/letters-1.0.jar"]
