FROM lukemathwalker/cargo-chef:0.1.77-rust-1.85 AS chef
WORKDIR /src

FROM chef AS planner
COPY . .
RUN cargo +nightly chef prepare --recipe-path recipe.json

FROM chef AS build
COPY --from=planner /src/recipe.json recipe.json
RUN cargo +nightly chef cook --release --features "loud, quick" --recipe-path recipe.json && rm recipe.json
COPY . .
RUN cargo +nightly build -r -F "loud, quick"

FROM debian:trixie-slim
COPY --from=build /src/target/release/letters /usr/local/bin/
CMD ["letters"]
