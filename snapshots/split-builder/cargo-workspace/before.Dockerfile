FROM rust:1.85
WORKDIR /src
ENV CARGO_TARGET_DIR=/out
COPY . .
RUN cargo build --release --workspace --target x86_64-unknown-linux-gnu
USER nobody
CMD ["/out/x86_64-unknown-linux-gnu/release/server"]
