FROM rust:1.85
WORKDIR /app
COPY . .
RUN cargo build --release --bin "$(cat PROGRAM)"
CMD ["target/release/tides"]
