FROM rust:1.85 AS base

WORKDIR /usr/src/shop

FROM base AS builder
COPY . .
RUN cargo build --release --locked

FROM base
COPY --from=builder /usr/src/shop/assets ./assets
COPY --from=builder /usr/src/shop/migrations ./migrations
COPY --from=builder /usr/src/shop/templates ./templates
COPY --from=builder /usr/src/shop/target/release/shop ./target/release/shop

EXPOSE 8080
CMD ["./target/release/shop"]
