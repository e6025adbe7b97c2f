FROM golang:1.24 AS base
WORKDIR /src

FROM base AS builder
COPY go.mod ./
RUN go mod download
COPY . .
RUN go build -o tides .

FROM base
COPY --from=builder /src/tides ./tides
CMD ["./tides"]
