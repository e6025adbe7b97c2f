FROM rust:1.85
WORKDIR /app
COPY . .
RUN cargo build --release -p currents
CMD ["target/release/currents"]
