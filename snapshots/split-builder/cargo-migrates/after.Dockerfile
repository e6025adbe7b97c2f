FROM rust:1.85 AS base
RUN cargo install diesel_cli --no-default-features --features sqlite
WORKDIR /app

FROM base AS builder
COPY . .
RUN cargo build --release

FROM base
COPY --from=builder /app/Cargo.toml /app/start.sh ./
COPY --from=builder /app/migrations ./migrations
COPY --from=builder /app/target/release/tides ./target/release/tides
CMD ["./start.sh"]
