FROM rust:1.90 AS build
WORKDIR /src
ENV PROTO_PATH=/usr/include:/src/api
COPY . .
RUN cargo build --release

FROM debian:trixie-slim
COPY --from=build /src/target/release/letters /usr/local/bin/
CMD ["letters"]
