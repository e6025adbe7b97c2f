FROM rust:1.85-bookworm AS builder
WORKDIR /src
COPY . .
RUN cargo build --release

FROM rust:1.85-bookworm
COPY --from=builder /src/target/release/shop /usr/local/bin/shop
CMD ["shop"]
