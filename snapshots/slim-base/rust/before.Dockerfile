FROM rust:1.90 AS builder
WORKDIR /src
COPY . .
RUN cargo build --release

FROM rust:1.90
WORKDIR /srv
COPY --from=builder /src/target/release/shop ./
CMD ["./shop"]
