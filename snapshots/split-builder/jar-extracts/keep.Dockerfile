FROM eclipse-temurin:21
WORKDIR /app
COPY . .
RUN javac -d out src/Main.java && jar --extract --file lib.jar
CMD ["java", "-cp", "out", "Main"]
