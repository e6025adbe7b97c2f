FROM gradle:8-jdk21-noble AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN gradle clean build -x test --no-daemon

FROM base
COPY --from=builder /app/build/libs/tides-0.1-SNAPSHOT.jar ./build/libs/tides-0.1-SNAPSHOT.jar
EXPOSE 8080
CMD java -jar build/libs/*-SNAPSHOT.jar
