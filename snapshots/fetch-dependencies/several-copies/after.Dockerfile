FROM golang:1.22
WORKDIR /src
COPY go.mod go.sum ./
RUN export GOFLAGS=-trimpath && go mod download
COPY cmd ./cmd
COPY go.mod go.sum ./
RUN export GOFLAGS=-trimpath && go build -o /bin/server ./cmd
