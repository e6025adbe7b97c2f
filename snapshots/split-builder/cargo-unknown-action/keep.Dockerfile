FROM rust:1.85
WORKDIR /app
COPY . .
RUN cargo build --release && cargo doc
CMD ["target/release/tides"]
