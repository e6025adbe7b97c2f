FROM eclipse-temurin:21
WORKDIR /app
COPY . .
RUN javac -d out src/Main.java && jar xf lib.jar
CMD ["java", "-cp", "out", "Main"]
