FROM rust:1.85 AS base

FROM base AS builder
COPY ./ ./
RUN cargo build --release

FROM base
COPY --from=builder /templates ./templates
COPY --from=builder /target/release/notes ./target/release/notes
EXPOSE 8000
CMD ["./target/release/notes"]
