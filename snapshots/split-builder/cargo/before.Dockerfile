FROM rust:1.85

WORKDIR /usr/src/shop
COPY . .
RUN cargo build --release --locked

EXPOSE 8080
CMD ["./target/release/shop"]
