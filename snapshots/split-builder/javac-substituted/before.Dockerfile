FROM eclipse-temurin:21
WORKDIR /app
COPY . .
RUN javac -d out $(find src -name "*.java")
CMD ["java", "-cp", "out", "shop.Main"]
