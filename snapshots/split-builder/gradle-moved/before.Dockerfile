FROM eclipse-temurin:21-jdk
WORKDIR /workspace
COPY . .
RUN ./gradlew build
RUN mv build/libs/shop-0.0.1-SNAPSHOT.jar app.jar
CMD java -jar app.jar
