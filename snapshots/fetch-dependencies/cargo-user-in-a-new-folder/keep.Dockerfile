FROM rust:1.85 AS build
WORKDIR /work
USER 1000
COPY . /src
RUN cd /src && cargo build --release

FROM debian:bookworm-slim
COPY --from=build /src/target/release/tides /usr/local/bin/tides
CMD ["tides"]
