FROM rust:1.85 AS none
WORKDIR /src
COPY none .
RUN cargo build --release

FROM rust:1.85 AS named
WORKDIR /src
COPY named .
RUN cargo build --release
