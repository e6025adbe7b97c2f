FROM rust:1.90 AS build
WORKDIR /src
COPY . .
RUN --mount=type=bind,source=assets,target=/assets cargo build --release

FROM debian:trixie-slim
COPY --from=build /src/target/release/letters /usr/local/bin/
CMD ["letters"]
