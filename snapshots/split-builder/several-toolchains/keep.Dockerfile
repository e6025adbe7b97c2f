FROM eclipse-temurin:21
RUN apt-get update && apt-get install -y gcc
WORKDIR /app
COPY . .
RUN javac -d out src/Main.java && gcc -shared -o libwords.so src/words.c
CMD ["java", "-cp", "out", "Main"]
