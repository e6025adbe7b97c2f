FROM maven:3.9-eclipse-temurin-21
VOLUME /tmp
COPY . .
RUN mvn clean install
RUN mv target/*.jar app.jar
ENTRYPOINT ["java", "-jar", "app.jar"]
