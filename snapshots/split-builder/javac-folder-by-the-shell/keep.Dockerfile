FROM eclipse-temurin:21
WORKDIR /app
COPY . .
RUN javac -d "$OUT" src/Main.java
CMD ["java", "-cp", "out", "Main"]
