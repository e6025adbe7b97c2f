FROM debian:trixie
RUN apt-get update && apt-get install -y --no-install-recommends cmake gcc libc6-dev make
WORKDIR /app
COPY . .
RUN cmake -S . -B build && cmake --build build
CMD ["./build/greetings"]
