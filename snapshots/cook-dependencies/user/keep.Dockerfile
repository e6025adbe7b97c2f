FROM rust:1.90 AS build
WORKDIR /src
RUN useradd rusty && chown rusty .
USER rusty
COPY --chown=rusty . .
RUN cargo build --release

FROM debian:trixie-slim
COPY --from=build /src/target/release/letters /usr/local/bin/
CMD ["letters"]
