FROM rust:1.90 AS build
WORKDIR /src
COPY . .
WORKDIR /src/letters
RUN cargo build --release

FROM debian:trixie-slim
COPY --from=build /src/letters/target/release/letters /usr/local/bin/
CMD ["letters"]
