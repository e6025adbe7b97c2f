FROM rust:1.90
WORKDIR /src
COPY . .
RUN cargo build --release

FROM nginx:1.29

FROM debian:trixie-slim
COPY --from=1 /etc/mime.types /etc/
COPY --from=0 /src/target/release/letters /usr/local/bin/
CMD ["letters"]
