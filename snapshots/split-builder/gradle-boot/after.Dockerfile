FROM gradle:8.10-jdk21 AS base
WORKDIR /home/gradle/shop

FROM base AS builder
COPY . .
RUN gradle --no-daemon bootJar -x test

FROM base
COPY --from=builder /home/gradle/shop/build/libs/shop-0.0.1-SNAPSHOT.jar ./build/libs/shop-0.0.1-SNAPSHOT.jar
EXPOSE 8080
ENTRYPOINT ["java", "-jar", "build/libs/shop-0.0.1-SNAPSHOT.jar"]
