FROM maven:3.9-eclipse-temurin-21
WORKDIR /app
COPY . .
RUN mvn package
RUN cp settings/production.properties /etc/shop.properties
CMD ["java", "-jar", "target/shop-1.4.0.jar", "--spring.config.additional-location=/etc/shop.properties"]
