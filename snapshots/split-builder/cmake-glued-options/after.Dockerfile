FROM debian:trixie AS base

FROM base AS builder
RUN apt-get update && apt-get install -y --no-install-recommends cmake gcc libc6-dev make && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN cmake -H. -Bbuild -DCMAKE_BUILD_TYPE=Release && cmake --build build -j

FROM base
RUN apt-get update && apt-get install -y --no-install-recommends libatomic1 libgomp1 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=builder /app/data ./data
COPY --from=builder /app/build/libwords.so ./build/libwords.so
COPY --from=builder /app/build/greetings ./build/greetings
CMD ["./build/greetings"]
