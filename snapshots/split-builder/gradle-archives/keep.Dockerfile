FROM gradle:8.10-jdk21
WORKDIR /home/gradle/shop
COPY . .
RUN gradle build && cp build/libs/*.jar /app.jar
ENTRYPOINT ["java", "-jar", "/app.jar"]
