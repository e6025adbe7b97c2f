FROM gcc:14
WORKDIR /app
COPY . .
RUN make && make clean && make
CMD ["./greetings"]
