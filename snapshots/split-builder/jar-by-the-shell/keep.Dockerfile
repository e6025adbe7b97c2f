FROM eclipse-temurin:21
WORKDIR /app
COPY . .
RUN javac -d out src/Main.java && jar cf "$NAME" out
CMD ["java", "-cp", "out", "Main"]
