FROM gcc:14 AS base

FROM base AS builder
COPY hello.c .
RUN gcc hello.c -o hello

FROM base
COPY --from=builder /hello ./hello
CMD ["./hello"]
