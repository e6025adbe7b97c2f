FROM golang:1.22
COPY --chown=1000 api/go.mod api/go.sum /src/api/
RUN --mount=type=secret,id=netrc,target=/root/.netrc cd /src/api && go mod download
# All of it.
COPY --chown=1000 . /src
WORKDIR /src/api
RUN --mount=type=secret,id=netrc,target=/root/.netrc --mount=type=cache,target=/root/.cache/go-build \
    # The server.
    go build -o /bin/server .
