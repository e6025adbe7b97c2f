FROM lukemathwalker/cargo-chef:latest AS build
COPY . .
RUN cargo build --release

FROM debian:trixie-slim
COPY --from=build /target/release/letters /usr/local/bin/
CMD ["letters"]
