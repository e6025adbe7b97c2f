FROM gcc:14
WORKDIR /app
COPY . .
RUN gcc -o ../greetings src/main.c
CMD ["/greetings"]
