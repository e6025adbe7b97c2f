FROM rust:1.85
WORKDIR /src
COPY . .
RUN cargo build --release
RUN make assets
CMD ["target/release/shop"]
