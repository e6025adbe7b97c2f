FROM rust:1.85
WORKDIR /app
COPY . .
RUN cargo build --release --workspace --exclude 'old-*'
CMD ["target/release/tides"]
