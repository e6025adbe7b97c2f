FROM rust:1.90 AS build
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
RUN mkdir src && touch src/main.rs && cargo fetch && rm src/main.rs
COPY . .
RUN cargo build --release --offline

FROM debian:trixie-slim
COPY --from=build /src/target/release/letters /usr/local/bin/
CMD ["letters"]
