FROM openjdk:17-jdk-slim
WORKDIR /app
COPY src ./src
COPY lib ./lib
RUN javac -cp "lib/*" -d classes src/shop/Main.java && jar --create --file shop.jar --main-class shop.Main -C classes .
ENTRYPOINT ["java", "-cp", "shop.jar:lib/*", "shop.Main"]
