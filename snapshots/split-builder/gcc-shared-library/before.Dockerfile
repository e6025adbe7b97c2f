FROM debian:trixie
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN gcc -c -fPIC src/words.c -o words.o
RUN gcc -shared -o libwords.so words.o
RUN gcc -o greetings src/main.c -L. -lwords -Wl,-rpath,/app
CMD ["./greetings"]
