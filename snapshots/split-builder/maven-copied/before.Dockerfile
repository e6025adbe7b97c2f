FROM maven:3.9-eclipse-temurin-21
WORKDIR /build
COPY . .
RUN mvn package
RUN cp target/shop-1.4.0.jar /opt/shop.jar
USER nobody
CMD java -Xmx256m -jar /opt/shop.jar
