FROM eclipse-temurin:21 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN javac -d out $(find src -name "*.java")

FROM base
COPY --from=builder /app/out ./out
CMD ["java", "-cp", "out", "shop.Main"]
