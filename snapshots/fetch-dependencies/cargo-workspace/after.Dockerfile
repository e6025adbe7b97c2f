FROM rust:1.85 AS build
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
COPY letters/Cargo.toml ./letters/
COPY crates/words/Cargo.toml ./crates/words/
RUN mkdir -p letters/src crates/words/src && touch letters/src/main.rs crates/words/src/lib.rs && cargo fetch --locked && rm letters/src/main.rs crates/words/src/lib.rs
COPY . .
RUN cargo build --release --locked

FROM debian:trixie-slim
COPY --from=build /src/target/release/letters /usr/local/bin/
CMD ["letters"]
