FROM maven:3.9-eclipse-temurin-21
WORKDIR /app
ENV MAVEN_OPTS="-Xmx1g -Drevision=1.4"
COPY . .
RUN mvn -B package
CMD ["java", "-jar", "target/letters-1.0.jar"]
