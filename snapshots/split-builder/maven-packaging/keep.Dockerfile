FROM maven:3.9-eclipse-temurin-21
WORKDIR /app
COPY . .
RUN mvn -B package
CMD ["java", "-jar", "target/letters-1.0.jar"]
