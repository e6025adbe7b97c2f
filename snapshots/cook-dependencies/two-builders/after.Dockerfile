FROM rust:1.90 AS web-chef
WORKDIR /web
RUN cargo install cargo-chef --locked --version 0.1.77

FROM web-chef AS web-planner
COPY web .
RUN cargo chef prepare --recipe-path recipe.json

FROM web-chef AS web
COPY --from=web-planner /web/recipe.json recipe.json
RUN cargo chef cook --release --recipe-path recipe.json && rm recipe.json
COPY web .
RUN cargo build --release

FROM rust:1.90 AS jobs-chef
WORKDIR /jobs
RUN cargo install cargo-chef --locked --version 0.1.77

FROM jobs-chef AS jobs-planner
COPY jobs .
RUN cargo chef prepare --recipe-path recipe.json

FROM jobs-chef AS jobs
COPY --from=jobs-planner /jobs/recipe.json recipe.json
RUN cargo chef cook --release --recipe-path recipe.json && rm recipe.json
COPY jobs .
RUN cargo build --release

FROM debian:trixie-slim
COPY --from=web /web/target/release/letters /usr/local/bin/web
COPY --from=jobs /jobs/target/release/letters /usr/local/bin/jobs
CMD ["web"]
