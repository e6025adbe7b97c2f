FROM maven:3.9-eclipse-temurin-21-noble AS build
WORKDIR /src
COPY . .
RUN mvn -B package

FROM eclipse-temurin:21-jre-noble
WORKDIR /app
COPY --from=build /src/target/shop.jar ./
ENV JAVA_TOOL_OPTIONS="-javaagent:/app/agent.jar -Xmx200m"
CMD ["java", "--add-modules", "jdk.incubator.vector", "-jar", "shop.jar"]
