FROM gradle:8.12-jdk21
WORKDIR /home/gradle/shop
COPY . .
RUN gradle --no-daemon jar -Pversion=1.4.0
CMD ["java", "-jar", "build/libs/shop-1.4.0.jar"]
