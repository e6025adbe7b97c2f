FROM gradle:8-jdk21-noble
WORKDIR /app
COPY . .
RUN gradle clean build -x test --no-daemon
EXPOSE 8080
CMD java -jar build/libs/*-SNAPSHOT.jar
