FROM rust:1.85
RUN cargo install diesel_cli --no-default-features --features sqlite
WORKDIR /app
COPY . .
RUN cargo build --release
CMD ["./start.sh"]
