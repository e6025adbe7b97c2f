FROM golang:1.22 AS build
WORKDIR /src
COPY go.mod go.sum ./
COPY words/go.mod ./words/
RUN go mod download
COPY . .
RUN go build -o /bin/letters .

FROM debian:trixie-slim
COPY --from=build /bin/letters /bin/
CMD ["letters"]
