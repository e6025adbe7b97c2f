FROM rust:1.85 AS base
WORKDIR /src

FROM base AS builder
COPY . .
RUN cargo build --release && cp target/release/shop /usr/local/bin/shop

FROM base
COPY --from=builder /src/assets ./assets
COPY --from=builder /src/migrations ./migrations
COPY --from=builder /src/templates ./templates
COPY --from=builder /src/target/release/shop ./target/release/shop
COPY --from=builder /usr/local/bin/shop /usr/local/bin/shop
CMD ["shop"]
