FROM golang:1.22 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN go build -C cmd/server -o /usr/local/bin/server

FROM base
COPY --from=builder /usr/local/bin/server /usr/local/bin/server
CMD ["server"]
