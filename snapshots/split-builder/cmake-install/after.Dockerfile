FROM debian:trixie AS base

FROM base AS builder
RUN apt-get update && apt-get install -y --no-install-recommends cmake gcc libc6-dev make && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN cmake -B build
RUN cmake --build build && cmake --install build --prefix /usr

FROM base
RUN apt-get update && apt-get install -y --no-install-recommends libatomic1 libgomp1 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=builder /app/data ./data
COPY --from=builder /app/build/libwords.so ./build/libwords.so
COPY --from=builder /app/build/greetings ./build/greetings
COPY --from=builder /usr/bin/greetings /usr/bin/greetings
COPY --from=builder /usr/lib/libwords.so /usr/lib/libwords.so
CMD ["greetings"]
