FROM eclipse-temurin:21-jdk AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN javac -d classes src/Tides.java

FROM base
COPY --from=builder /app/run.sh ./
COPY --from=builder /app/classes ./classes
ENTRYPOINT ["./run.sh"]
