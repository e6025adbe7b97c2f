FROM rust:1.90 AS build
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
COPY company.pem /usr/local/share/ca-certificates/
COPY . .
RUN cargo build --release

FROM debian:trixie-slim
COPY --from=build /src/target/release/letters /usr/local/bin/
CMD ["letters"]
