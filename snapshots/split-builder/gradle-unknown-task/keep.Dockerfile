FROM gradle:8.12-jdk21
WORKDIR /home/gradle/shop
COPY . .
RUN gradle --no-daemon packageDistribution
CMD ["java", "-jar", "build/libs/shop.jar"]
