FROM rust:1.85 AS absolute
WORKDIR /src
COPY absolute .
RUN cargo build --release

FROM rust:1.85 AS other
WORKDIR /src
COPY other .
RUN cd server && cargo build --release

FROM rust:1.85 AS ignored
WORKDIR /src
COPY . .
RUN cd ignored && cargo build --release

FROM rust:1.85 AS unreadable
WORKDIR /src
COPY unreadable .
RUN cargo build --release

FROM rust:1.85 AS above
WORKDIR /src
COPY above .
RUN cd src && cargo build --release

FROM rust:1.85 AS named
WORKDIR /src
COPY named .
RUN cd server && cargo build --release
