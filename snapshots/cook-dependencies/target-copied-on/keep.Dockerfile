FROM rust:1.90 AS build
WORKDIR /src
COPY . .
RUN cargo build --release
RUN cp -r target/release /programs

FROM debian:trixie-slim
COPY --from=build /programs /usr/local/bin
CMD ["letters"]
