FROM maven:3.9-eclipse-temurin-21
ARG JAR_FILE
WORKDIR /app
COPY . .
RUN mvn -B package -DskipTests && mv ${JAR_FILE} app.jar
EXPOSE 8080
ENTRYPOINT ["java", "-jar", "/app/app.jar"]
