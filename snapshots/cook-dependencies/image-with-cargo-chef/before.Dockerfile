FROM lukemathwalker/cargo-chef:0.1.77-rust-1.85 AS build
WORKDIR /src

COPY . .
RUN cargo +nightly build -r -F "loud, quick"

FROM debian:trixie-slim
COPY --from=build /src/target/release/letters /usr/local/bin/
CMD ["letters"]
