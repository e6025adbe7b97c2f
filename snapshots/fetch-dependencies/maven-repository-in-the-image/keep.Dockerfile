FROM maven:3.9-eclipse-temurin-21
WORKDIR /src
COPY . .
RUN mvn -B -Dmaven.repo.local=/opt/repository package
CMD ["java", "-jar", "target/letters-1.0.jar"]
