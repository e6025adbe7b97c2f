FROM rust:1.85 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN cargo build --release

FROM base
COPY --from=builder /app/target/release/tides ./target/release/tides
CMD ["target/release/tides"]
