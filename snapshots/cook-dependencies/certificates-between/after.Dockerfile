FROM rust:1.90 AS chef
WORKDIR /src
RUN cargo install cargo-chef --locked --version 0.1.77
COPY Cargo.toml Cargo.lock ./
COPY company.pem /usr/local/share/ca-certificates/

FROM chef AS planner
COPY . .
RUN cargo chef prepare --recipe-path recipe.json

FROM chef AS build
COPY --from=planner /src/recipe.json recipe.json
RUN cargo chef cook --release --recipe-path recipe.json && rm recipe.json
COPY . .
RUN cargo build --release

FROM debian:trixie-slim
COPY --from=build /src/target/release/letters /usr/local/bin/
CMD ["letters"]
