FROM gradle:8.12-jdk21 AS api
WORKDIR /src
COPY api .
RUN gradle dependencies
RUN gradle build

FROM gradle:8.12-jdk21 AS worker
WORKDIR /src
COPY . .
RUN cd jobs/worker && gradle dependencies
RUN cd jobs/worker && gradle build

FROM eclipse-temurin:21-jre
COPY --from=api /src/build/libs/src.jar /api.jar
COPY --from=worker /src/jobs/worker/build/libs/worker.jar /worker.jar
CMD ["java", "-jar", "/api.jar"]
