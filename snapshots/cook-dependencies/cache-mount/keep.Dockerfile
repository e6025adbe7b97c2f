FROM rust:1.90 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/src/target cargo build --release && cp target/release/letters /usr/local/bin/

FROM debian:trixie-slim
COPY --from=build /usr/local/bin/letters /usr/local/bin/
CMD ["letters"]
