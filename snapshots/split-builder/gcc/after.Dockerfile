FROM gcc:14 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN gcc -O2 -Wall -o greetings src/*.c -lm

FROM base
COPY --from=builder /app/data ./data
COPY --from=builder /app/greetings ./greetings
CMD ["./greetings"]
