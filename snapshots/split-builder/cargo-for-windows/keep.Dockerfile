FROM rust:1.85
WORKDIR /app
COPY . .
RUN cargo build --release --target x86_64-pc-windows-gnu
CMD ["wine", "target/x86_64-pc-windows-gnu/release/tides.exe"]
