FROM gradle:8.10-jdk21
WORKDIR /home/gradle/shop
COPY . .
RUN gradle --no-daemon bootJar -x test
EXPOSE 8080
ENTRYPOINT ["java", "-jar", "build/libs/shop-0.0.1-SNAPSHOT.jar"]
