FROM rust:1.90 AS build
WORKDIR /src
COPY . .
RUN cargo build --release

FROM debian:trixie-slim
COPY --from=build /src/target/x86_64-unknown-linux-musl/release/letters /usr/local/bin/
CMD ["letters"]
