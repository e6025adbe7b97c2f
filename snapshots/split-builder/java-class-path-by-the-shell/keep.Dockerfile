FROM eclipse-temurin:21
WORKDIR /app
COPY . .
RUN javac -d out src/Main.java
CMD java -cp $LIBRARIES Main
