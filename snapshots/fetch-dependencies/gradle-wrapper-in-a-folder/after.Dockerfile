FROM eclipse-temurin:21 AS build
WORKDIR /src
ENV GRADLE_USER_HOME=/cache
COPY service/gradlew ./service/
COPY service/gradle/wrapper ./service/gradle/wrapper/
RUN cd /src/service && ./gradlew --version
COPY . .
RUN cd service && ./gradlew :app:bootJar

FROM eclipse-temurin:21-jre
COPY --from=build /src/build/libs/letters.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
