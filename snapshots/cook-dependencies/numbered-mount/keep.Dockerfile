FROM rust:1.90 AS build
WORKDIR /src
COPY . .
RUN cargo build --release

FROM debian:trixie-slim
RUN --mount=type=bind,from=0,source=/src/target/release/letters,target=/letters cp /letters /usr/local/bin/
CMD ["letters"]
