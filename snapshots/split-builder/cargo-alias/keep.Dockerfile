FROM rust:1.85
WORKDIR /app
COPY . .
RUN cargo b --release
CMD ["target/release/tides"]
