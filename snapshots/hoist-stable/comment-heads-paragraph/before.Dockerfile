FROM debian:13
WORKDIR /app

# the sources
COPY src src
RUN apt-get update && apt-get install -y --no-install-recommends gcc
RUN gcc -o main src/main.c
