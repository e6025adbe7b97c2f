FROM maven:3.9-eclipse-temurin-17 AS base

FROM base AS builder
COPY src /home/app/src
COPY pom.xml /home/app
RUN mvn -f /home/app/pom.xml clean package

FROM base
COPY --from=builder /home/app/target/b-1.jar /home/app/target/b-1.jar
EXPOSE 8080
ENTRYPOINT ["java","-jar","/home/app/target/b-1.jar"]
