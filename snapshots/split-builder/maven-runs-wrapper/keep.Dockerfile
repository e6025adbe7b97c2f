FROM eclipse-temurin:21
WORKDIR /app
COPY . .
RUN ./mvnw package
CMD ./mvnw spring-boot:run
