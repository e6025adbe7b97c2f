FROM eclipse-temurin:21 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN find src -name "*.java" > sources.txt && javac -d out @sources.txt

FROM base
COPY --from=builder /app/sources.txt ./
COPY --from=builder /app/out ./out
CMD java -cp out:/usr/share/java/words.jar shop.Main
