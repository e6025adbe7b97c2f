FROM rust:1.85 AS builder
WORKDIR /usr/src/letters
COPY Cargo.toml Cargo.lock ./
RUN mkdir -p src && touch src/main.rs && cargo fetch --locked && rm src/main.rs
COPY . .
RUN cargo build --release --locked

FROM debian:trixie-slim
COPY --from=builder /usr/src/letters/target/release/letters /usr/local/bin/letters
CMD ["letters"]
