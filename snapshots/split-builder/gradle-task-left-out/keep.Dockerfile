FROM gradle:8.12-jdk21
WORKDIR /home/gradle/shop
COPY . .
RUN gradle --no-daemon build -x jar -x test
CMD ["java", "-jar", "build/libs/shop.jar"]
