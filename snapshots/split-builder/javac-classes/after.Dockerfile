FROM eclipse-temurin:21 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN mkdir -p out && javac -d out src/shop/*.java

FROM base
COPY --from=builder /app/out ./out
CMD ["java", "-cp", "out", "shop.Main"]
