FROM rust:1.85
WORKDIR /app
COPY . .
RUN cargo build --release --artifact-dir bin -Z unstable-options
CMD ["bin/tides"]
