FROM rust:1.85 AS base
WORKDIR /usr/src/shop

FROM base AS builder
COPY . .
RUN cargo install --path .

FROM base
COPY --from=builder /usr/src/shop/assets ./assets
COPY --from=builder /usr/src/shop/migrations ./migrations
COPY --from=builder /usr/src/shop/templates ./templates
COPY --from=builder /usr/local/cargo/bin/shop /usr/local/cargo/bin/shop
CMD ["shop"]
