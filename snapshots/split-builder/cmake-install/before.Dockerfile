FROM debian:trixie
RUN apt-get update && apt-get install -y --no-install-recommends cmake gcc libc6-dev make && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN cmake -B build
RUN cmake --build build && cmake --install build --prefix /usr
CMD ["greetings"]
