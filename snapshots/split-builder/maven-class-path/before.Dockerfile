FROM maven:3.9-eclipse-temurin-21
WORKDIR /src
COPY . .
RUN mvn package
WORKDIR /src/web
CMD ["java", "-cp", "target/classes:target/lib/*", "shop.Main"]
