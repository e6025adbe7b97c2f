FROM rust:1.85 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN cargo build --release && strip target/release/tides && mv target/release/tides /usr/local/bin/

FROM base
COPY --from=builder /usr/local/bin/tides /usr/local/bin/tides
CMD ["tides"]
