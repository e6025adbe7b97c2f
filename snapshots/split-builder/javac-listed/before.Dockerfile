FROM eclipse-temurin:21
WORKDIR /app
COPY . .
RUN find src -name "*.java" > sources.txt && javac -d out @sources.txt
CMD java -cp out:/usr/share/java/words.jar shop.Main
