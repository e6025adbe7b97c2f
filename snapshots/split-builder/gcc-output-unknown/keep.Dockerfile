FROM gcc:14
ARG NAME
WORKDIR /app
COPY . .
RUN gcc -o $NAME src/main.c src/words.c
CMD ["./greetings"]
