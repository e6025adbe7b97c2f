FROM debian:trixie-slim AS settings
RUN echo > /Cargo.toml

FROM rust:1.90 AS build
WORKDIR /src
COPY . .
COPY --from=settings /Cargo.toml ./
RUN cargo build --release

FROM debian:trixie-slim
COPY --from=build /src/target/release/letters /usr/local/bin/
CMD ["letters"]
