FROM rust:1.85
WORKDIR /src
COPY . .
RUN cargo build --release
CMD ["target/release/shop"]
