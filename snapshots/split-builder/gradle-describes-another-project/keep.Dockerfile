FROM gradle:8.12-jdk21
WORKDIR /home/gradle/shop
COPY . .
RUN gradle --no-daemon :app:jar
CMD ["java", "-jar", "app/build/libs/shop-app.jar"]
