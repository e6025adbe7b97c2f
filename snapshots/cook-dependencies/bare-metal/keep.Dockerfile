FROM rust:1.90 AS build
WORKDIR /src
COPY . .
RUN cargo build --release --target thumbv7em-none-eabihf

FROM debian:trixie-slim
COPY --from=build /src/target/thumbv7em-none-eabihf/release/letters /
CMD ["letters"]
