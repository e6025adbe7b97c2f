FROM golang:1.22
WORKDIR /src
COPY go.work go.mod ./
COPY words/go.mod ./words/
RUN go mod download
COPY . .
