FROM gcc:14
WORKDIR /app
COPY . .
RUN gcc -o greetings src/main.c src/words.c
CMD gcc -o greetings src/main.c src/words.c && ./greetings
