FROM rust:1.85
WORKDIR /usr/src/shop
COPY . .
RUN cargo install --path .
CMD ["shop"]
