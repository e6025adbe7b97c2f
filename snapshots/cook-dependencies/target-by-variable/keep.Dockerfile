FROM rust:1.90 AS build
WORKDIR /src
ENV CARGO_BUILD_TARGET=x86_64-unknown-linux-musl
COPY . .
RUN cargo build --release

FROM debian:trixie-slim
COPY --from=build /src/target/release/letters /usr/local/bin/
CMD ["letters"]
