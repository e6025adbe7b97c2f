FROM rust:1.85 AS build
WORKDIR /src
COPY . .
RUN rustup target add x86_64-unknown-linux-musl
RUN cargo build --release --target x86_64-unknown-linux-musl

FROM scratch
COPY --from=build /src/target/x86_64-unknown-linux-musl/release/letters /letters
CMD ["/letters"]
