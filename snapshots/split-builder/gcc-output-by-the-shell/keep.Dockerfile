FROM gcc:14
WORKDIR /app
COPY . .
RUN gcc src/main.c -o "$PROGRAM"
CMD ["./greetings"]
