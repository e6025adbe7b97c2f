FROM rust:1.85
COPY ./ ./
RUN cargo build --release
EXPOSE 8000
CMD ["./target/release/notes"]
