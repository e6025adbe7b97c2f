FROM eclipse-temurin:21
WORKDIR /app
COPY . .
RUN mkdir -p out && javac -d out src/shop/*.java
CMD ["java", "-cp", "out", "shop.Main"]
