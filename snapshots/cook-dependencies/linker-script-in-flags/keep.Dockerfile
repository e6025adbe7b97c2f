FROM rust:1.90 AS build
WORKDIR /src
ENV RUSTFLAGS="-C link-arg=-Tmemory.x"
COPY . .
RUN cargo build --release

FROM debian:trixie-slim
COPY --from=build /src/target/release/letters /usr/local/bin/
CMD ["letters"]
