FROM rust:1.85 AS build
WORKDIR /src
COPY Cargo.toml Cargo.lock rust-toolchain.toml ./
COPY .cargo/config.toml ./.cargo/
RUN mkdir -p src && touch src/main.rs && cargo fetch && rm src/main.rs
COPY . .
RUN cargo build --release

FROM debian:trixie-slim
COPY --from=build /src/target/release/letters /usr/local/bin/
CMD ["letters"]
