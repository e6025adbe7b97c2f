FROM openjdk:17-jdk-slim AS base
WORKDIR /app

FROM base AS builder
COPY src ./src
COPY lib ./lib
RUN javac -cp "lib/*" -d classes src/shop/Main.java && jar --create --file shop.jar --main-class shop.Main -C classes .

FROM base
COPY --from=builder /app/lib ./lib
COPY --from=builder /app/shop.jar ./shop.jar
COPY --from=builder /app/classes ./classes
ENTRYPOINT ["java", "-cp", "shop.jar:lib/*", "shop.Main"]
