# syntax=docker/dockerfile:1
FROM rust:1.90-trixie AS chef
RUN apt-get update && apt-get install -y --no-install-recommends cmake
WORKDIR /src
RUN cargo install cargo-chef --locked --version 0.1.77

FROM chef AS planner
COPY . .
RUN cargo chef prepare --recipe-path recipe.json

FROM chef AS build
COPY --from=planner /src/recipe.json recipe.json
RUN --mount=type=cache,target=/usr/local/cargo/registry cargo chef cook --release --locked -p letters --recipe-path recipe.json && rm recipe.json
# All of it: the workspace's members too.
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry cargo build --release --locked --quiet -p letters

FROM debian:trixie-slim
COPY --from=build /src/target/release/letters /usr/local/bin/
CMD ["letters"]
