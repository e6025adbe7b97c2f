FROM gcc:14 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN make -j$(nproc)

FROM base
COPY --from=builder /app/data ./data
COPY --from=builder /app/libwords.so ./libwords.so
COPY --from=builder /app/greetings ./greetings
CMD ["./greetings"]
