FROM gradle:8.10-jdk21
WORKDIR /src
COPY . .
RUN gradle :web:shadowJar
CMD ["java", "-jar", "web/build/libs/web-2.0-all.jar"]
