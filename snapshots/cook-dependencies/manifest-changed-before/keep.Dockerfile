FROM rust:1.90 AS build
WORKDIR /src
COPY Cargo.toml .
RUN sed -i s/words/letters/ Cargo.toml
COPY . .
RUN cargo build --release

FROM debian:trixie-slim
COPY --from=build /src/target/release/letters /usr/local/bin/
CMD ["letters"]
