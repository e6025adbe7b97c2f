FROM gradle:8.10-jdk21 AS base
WORKDIR /src

FROM base AS builder
COPY . .
RUN gradle :web:shadowJar

FROM base
COPY --from=builder /src/web/build/libs/web-2.0-all.jar ./web/build/libs/web-2.0-all.jar
CMD ["java", "-jar", "web/build/libs/web-2.0-all.jar"]
