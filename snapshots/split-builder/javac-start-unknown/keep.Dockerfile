FROM eclipse-temurin:21
WORKDIR /app
COPY . .
RUN javac -d out src/shop/Main.java
CMD ["java", "-cp", "classes", "shop.Main"]
