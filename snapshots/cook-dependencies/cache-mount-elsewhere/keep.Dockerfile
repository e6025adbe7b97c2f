FROM rust:1.90 AS build
WORKDIR /src
ENV CARGO_TARGET_DIR=/built
COPY . .
RUN --mount=type=cache,target=/built cargo build --release && cp /built/release/letters /usr/local/bin/

FROM debian:trixie-slim
COPY --from=build /usr/local/bin/letters /usr/local/bin/
CMD ["letters"]
