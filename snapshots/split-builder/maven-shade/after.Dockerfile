FROM maven:3-amazoncorretto-17 AS base
WORKDIR /opt/shop

FROM base AS builder
ADD pom.xml /opt/shop/
ADD src /opt/shop/src
ADD words /opt/shop/words
RUN mvn clean install -Dmaven.test.skip=true

FROM base
COPY --from=builder /opt/shop/words ./words
COPY --from=builder /opt/shop/target/shop-all.jar ./target/shop-all.jar
CMD ["java", "-Xmx1g", "-Dwords=words/en.txt", "-cp", "target/shop-all.jar", "shop.Main"]
