FROM gradle:8.12-jdk21 AS base
WORKDIR /home/gradle/shop

FROM base AS builder
COPY . .
RUN gradle --no-daemon jar

FROM base
COPY --from=builder /home/gradle/shop/build/libs/shop-server.jar ./build/libs/shop-server.jar
CMD ["java", "-jar", "build/libs/shop-server.jar"]
