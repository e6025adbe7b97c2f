FROM rust:1.85
RUN cargo install cargo-watch
WORKDIR /src
COPY . .
RUN cargo build
CMD ["cargo-watch", "-x", "run"]
