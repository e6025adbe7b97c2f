FROM rust:1.85 AS build
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
RUN mkdir -p src && touch src/main.rs && cargo fetch --locked && rm src/main.rs
COPY . .
RUN cargo install --path . --locked

FROM debian:trixie-slim
COPY --from=build /usr/local/cargo/bin/letters /usr/local/bin/
CMD ["letters"]
