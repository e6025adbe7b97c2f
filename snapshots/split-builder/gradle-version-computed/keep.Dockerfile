FROM gradle:8.10-jdk21
WORKDIR /src
COPY . .
RUN gradle build
CMD ["java", "-jar", "build/libs/shop.jar"]
