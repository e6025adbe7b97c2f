FROM ubuntu:24.04 AS base

FROM base AS builder
RUN apt-get update && apt-get install -y --no-install-recommends cmake g++ make && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN mkdir build && cd build && cmake .. && make && make install

FROM base
RUN apt-get update && apt-get install -y --no-install-recommends libatomic1 libgomp1 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=builder /app/data ./data
COPY --from=builder /app/build/libwords.so ./build/libwords.so
COPY --from=builder /app/build/greetings ./build/greetings
COPY --from=builder /usr/local/bin/greetings /usr/local/bin/greetings
COPY --from=builder /usr/local/lib/libwords.so /usr/local/lib/libwords.so
CMD ["greetings"]
