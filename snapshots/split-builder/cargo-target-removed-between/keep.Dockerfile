FROM rust:1.85
WORKDIR /src
COPY . .
RUN cargo build --release && cp target/release/shop /usr/local/bin/ && rm -rf target
RUN cargo build --release --locked
CMD ["shop"]
