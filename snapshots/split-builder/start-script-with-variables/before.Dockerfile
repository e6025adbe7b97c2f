FROM eclipse-temurin:21-jdk
WORKDIR /app
COPY . .
RUN javac -d classes src/Tides.java
ENTRYPOINT ["./run.sh"]
