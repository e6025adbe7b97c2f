FROM gcc:14 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN make && make install PREFIX=/usr/local

FROM base
COPY --from=builder /app/data ./data
COPY --from=builder /app/libwords.so ./libwords.so
COPY --from=builder /app/greetings ./greetings
COPY --from=builder /usr/local/bin/greetings /usr/local/bin/greetings
COPY --from=builder /usr/local/lib/libwords.so /usr/local/lib/libwords.so
CMD ["greetings"]
