FROM rust:1.90 AS web
WORKDIR /web
COPY web .
RUN cargo build --release

FROM rust:1.90 AS jobs
WORKDIR /jobs
COPY jobs .
RUN cargo build --release

FROM debian:trixie-slim
COPY --from=web /web/target/release/letters /usr/local/bin/web
COPY --from=jobs /jobs/target/release/letters /usr/local/bin/jobs
CMD ["web"]
