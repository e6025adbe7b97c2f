FROM rust:1.85
WORKDIR /app
COPY . .
RUN cargo build --profile "$(cat PROFILE)"
CMD ["target/release/tides"]
