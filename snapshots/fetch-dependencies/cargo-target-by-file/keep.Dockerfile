FROM rust:1.85 AS build
WORKDIR /src
COPY . .
RUN cargo build --release --target board.json

FROM debian:bookworm-slim
COPY --from=build /src/target/board/release/tides /usr/local/bin/tides
CMD ["tides"]
