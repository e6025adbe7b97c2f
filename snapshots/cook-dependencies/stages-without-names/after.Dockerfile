FROM rust:1.90 AS chef
WORKDIR /src
RUN cargo install cargo-chef --locked --version 0.1.77

FROM chef AS planner
COPY . .
RUN cargo chef prepare --recipe-path recipe.json

FROM chef AS builder
COPY --from=planner /src/recipe.json recipe.json
RUN cargo chef cook --release --recipe-path recipe.json && rm recipe.json
COPY . .
RUN cargo build --release

FROM nginx:1.29

FROM debian:trixie-slim
COPY --from=3 /etc/mime.types /etc/
COPY --from=builder /src/target/release/letters /usr/local/bin/
CMD ["letters"]
