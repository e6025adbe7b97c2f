FROM rust:1.85 AS base
WORKDIR /src

FROM base AS builder
COPY . .
RUN cargo build --release

FROM base
COPY --from=builder /src/Cargo.lock /src/Cargo.toml /src/README.md ./
COPY --from=builder /src/assets ./assets
COPY --from=builder /src/migrations ./migrations
COPY --from=builder /src/src ./src
COPY --from=builder /src/templates ./templates
COPY --from=builder /src/tests ./tests
COPY --from=builder /src/target/release/shop ./target/release/shop
CMD ["target/release/shop"]
