FROM rust:1.85 AS base
WORKDIR /src
ENV CARGO_TARGET_DIR=/out

FROM base AS builder
COPY . .
RUN cargo build --release --workspace --target x86_64-unknown-linux-gnu

FROM base
COPY --from=builder /src/config ./config
COPY --from=builder /out/x86_64-unknown-linux-gnu/release/server /out/x86_64-unknown-linux-gnu/release/server
COPY --from=builder /out/x86_64-unknown-linux-gnu/release/restock /out/x86_64-unknown-linux-gnu/release/restock
COPY --from=builder /out/x86_64-unknown-linux-gnu/release/libstock.so /out/x86_64-unknown-linux-gnu/release/libstock.so
USER nobody
CMD ["/out/x86_64-unknown-linux-gnu/release/server"]
