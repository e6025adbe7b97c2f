FROM debian:12
RUN --network=none touch /one
RUN touch /two
RUN --mount=type=cache,target=/root/.npm npm --version
RUN --network=none touch /three
