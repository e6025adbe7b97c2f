FROM gcc:14
WORKDIR /app
COPY . .
RUN gcc -save-temps -o greetings src/main.c
CMD ["./greetings"]
