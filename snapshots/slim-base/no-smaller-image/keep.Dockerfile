FROM amazoncorretto:21-alpine AS build
WORKDIR /src
COPY . .
RUN ./gradlew bootJar

FROM nvidia/cuda:12.4.1-devel-ubuntu22.04
WORKDIR /app
COPY --from=build /src/model /usr/local/bin/model
CMD ["model"]
