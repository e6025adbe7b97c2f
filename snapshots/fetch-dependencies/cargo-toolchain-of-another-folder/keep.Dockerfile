FROM rust:1.85 AS build
WORKDIR /src
COPY . .
RUN cargo install --path server

FROM debian:bookworm-slim
COPY --from=build /usr/local/cargo/bin/tides /usr/local/bin/tides
CMD ["tides"]
