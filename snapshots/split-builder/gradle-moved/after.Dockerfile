FROM eclipse-temurin:21-jdk AS base
WORKDIR /workspace

FROM base AS builder
COPY . .
RUN ./gradlew build
RUN mv build/libs/shop-0.0.1-SNAPSHOT.jar app.jar

FROM base
COPY --from=builder /workspace/app.jar ./app.jar
CMD java -jar app.jar
