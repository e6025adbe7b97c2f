FROM rust:1.85
WORKDIR /app
COPY . .
RUN cargo install --path .
CMD ["tides"]
