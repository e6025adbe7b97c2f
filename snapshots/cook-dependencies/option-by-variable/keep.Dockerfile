FROM rust:1.90 AS build
WORKDIR /src
ARG PROFILE
COPY . .
RUN cargo build --profile $PROFILE

FROM debian:trixie-slim
COPY --from=build /src/target/release/letters /usr/local/bin/
CMD ["letters"]
