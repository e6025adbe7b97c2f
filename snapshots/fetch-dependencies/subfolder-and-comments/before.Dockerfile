FROM golang:1.22
# All of it.
COPY --chown=1000 . /src
WORKDIR /src/api
RUN --mount=type=secret,id=netrc,target=/root/.netrc --mount=type=cache,target=/root/.cache/go-build \
    # The server.
    go build -o /bin/server .
