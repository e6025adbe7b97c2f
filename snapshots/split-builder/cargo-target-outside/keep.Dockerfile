FROM rust:1.85
WORKDIR /app
COPY . .
RUN cargo build --release --target-dir ../target
CMD ["/target/release/tides"]
