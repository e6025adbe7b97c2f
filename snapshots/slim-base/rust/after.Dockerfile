FROM rust:1.90 AS builder
WORKDIR /src
COPY . .
RUN cargo build --release

FROM debian:trixie-slim
COPY --from=rust:1.90 /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
WORKDIR /srv
COPY --from=builder /src/target/release/shop ./
CMD ["./shop"]
