FROM rust:1.85
ARG TARGET
WORKDIR /src
COPY . .
RUN cargo build --release --target $TARGET
CMD ["target/release/shop"]
