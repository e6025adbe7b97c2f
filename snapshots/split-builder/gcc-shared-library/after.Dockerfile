FROM debian:trixie AS base

FROM base AS builder
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN gcc -c -fPIC src/words.c -o words.o
RUN gcc -shared -o libwords.so words.o
RUN gcc -o greetings src/main.c -L. -lwords -Wl,-rpath,/app

FROM base
RUN apt-get update && apt-get install -y --no-install-recommends libatomic1 libgomp1 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=builder /app/data ./data
COPY --from=builder /app/libwords.so ./libwords.so
COPY --from=builder /app/greetings ./greetings
CMD ["./greetings"]
