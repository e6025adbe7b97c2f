FROM rust:1.90
WORKDIR /src
COPY . .
RUN cargo build --release
CMD ["target/release/letters"]
