FROM rust:1.90 AS builder
WORKDIR /src
COPY . .
RUN cargo build --release

FROM debian:trixie-slim
COPY --from=rust:1.90 /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=rust:1.90 /etc/mime.types /etc/mime.types
COPY --from=rust:1.90 /etc/protocols /etc/protocols
COPY --from=rust:1.90 /etc/services /etc/services
WORKDIR /srv
COPY --from=builder /src/target/release/shop ./
CMD ["./shop"]
