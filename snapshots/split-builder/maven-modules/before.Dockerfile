FROM maven:3.9-eclipse-temurin-21
WORKDIR /src
COPY . .
RUN mvn -B -ntp verify -pl web -am
CMD ["java", "-jar", "web/target/shop-web-2.1.jar"]
