FROM debian:trixie
RUN apt-get update && apt-get install -y --no-install-recommends cmake gcc libc6-dev make && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN cmake -H. -Bbuild -DCMAKE_BUILD_TYPE=Release && cmake --build build -j
CMD ["./build/greetings"]
