# syntax=docker/dockerfile:1
FROM rust:1.90-trixie AS build
RUN apt-get update && apt-get install -y --no-install-recommends cmake
WORKDIR /src
# All of it: the workspace's members too.
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry cargo build --release --locked --quiet -p letters

FROM debian:trixie-slim
COPY --from=build /src/target/release/letters /usr/local/bin/
CMD ["letters"]
