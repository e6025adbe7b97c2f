FROM debian:13
WORKDIR /app

RUN apt-get update && apt-get install -y --no-install-recommends gcc

# the sources
COPY src src
RUN gcc -o main src/main.c
