FROM debian:12
RUN --mount=type=bind,target=/src,rw touch /src/one
RUN --mount=type=bind,target=/src,rw test ! -e /src/one
