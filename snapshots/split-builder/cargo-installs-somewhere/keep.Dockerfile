FROM debian:bookworm
RUN apt-get update && apt-get install -y cargo
WORKDIR /app
COPY . .
RUN cargo install --path .
CMD ["/root/.cargo/bin/tides"]
