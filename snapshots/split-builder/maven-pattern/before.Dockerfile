FROM maven:3.9-eclipse-temurin-21
WORKDIR /app
COPY . .
RUN ./mvnw package
ENTRYPOINT ["sh", "-c", "exec java $JAVA_OPTS -jar /app/target/*.jar"]
