FROM rust:1.85 AS builder
WORKDIR /usr/src/letters
COPY . .
RUN cargo build --release --locked

FROM debian:trixie-slim
COPY --from=builder /usr/src/letters/target/release/letters /usr/local/bin/letters
CMD ["letters"]
