FROM eclipse-temurin:21-jdk AS build
WORKDIR /src
COPY . .
RUN ./gradlew bootJar

FROM eclipse-temurin:21-jdk
COPY --from=build /src/build/libs/shop.jar /shop.jar
CMD ["java", "-jar", "/shop.jar"]
