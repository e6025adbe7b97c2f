FROM gradle:8.12-jdk21
WORKDIR /home/gradle/shop
ENV ORG_GRADLE_PROJECT_version=1.4.0
COPY . .
RUN gradle --no-daemon jar
CMD ["java", "-jar", "build/libs/shop-1.4.0.jar"]
