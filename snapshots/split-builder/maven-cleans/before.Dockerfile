FROM maven:3.9-eclipse-temurin-21
WORKDIR /build
COPY . .
RUN mvn -B package \
    && mkdir -p /app \
    && mv target/shop-1.4.0.jar /app/shop.jar \
    && rm -rf target /root/.m2
WORKDIR /app
CMD ["java", "-jar", "shop.jar"]
