FROM gcc:14
WORKDIR /app
COPY . .
RUN gcc -O2 -Wall -o greetings src/*.c -lm
CMD ["./greetings"]
