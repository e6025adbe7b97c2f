FROM rust:1.85
WORKDIR /app
COPY . .
RUN cargo build --release && strip target/release/tides && mv target/release/tides /usr/local/bin/
CMD ["tides"]
