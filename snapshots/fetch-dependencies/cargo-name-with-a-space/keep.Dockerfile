FROM rust:1.85 AS build
WORKDIR /src
COPY . .
RUN cargo build --release

FROM debian:bookworm-slim
COPY --from=build /src/target/release/tides /usr/local/bin/tides
CMD ["tides"]
