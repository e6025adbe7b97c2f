FROM gcc:14
WORKDIR /app
COPY . .
RUN cmake -B build && cmake --build build
CMD ["./build/greetings"]
