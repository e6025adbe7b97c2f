FROM rust:1.85 AS base
WORKDIR /src

FROM base AS builder
COPY . .
RUN cargo build --release && cp target/release/shop /usr/local/bin/ && rm -rf target

FROM base
COPY --from=builder /usr/local/bin/shop /usr/local/bin/shop
CMD ["shop"]
