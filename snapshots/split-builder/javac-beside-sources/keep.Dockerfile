FROM eclipse-temurin:21
WORKDIR /app
COPY . .
RUN javac src/shop/Main.java
CMD ["java", "-cp", "src", "shop.Main"]
