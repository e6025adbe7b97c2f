FROM maven:3.9-eclipse-temurin-21 AS base
WORKDIR /build

FROM base AS builder
COPY . .
RUN mvn package
RUN cp target/shop-1.4.0.jar /opt/shop.jar

FROM base
COPY --from=builder /opt/shop.jar /opt/shop.jar
USER nobody
CMD java -Xmx256m -jar /opt/shop.jar
