FROM golang:1.24 AS builder
WORKDIR /src
COPY . .
RUN go build -o /shop ./cmd/shop

FROM debian:trixie-slim
COPY --from=golang:1.24 /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=golang:1.24 /etc/mime.types /etc/mime.types
COPY --from=golang:1.24 /etc/protocols /etc/protocols
COPY --from=golang:1.24 /etc/services /etc/services
COPY --from=golang:1.24 /usr/local/go/lib/time/zoneinfo.zip /usr/local/go/lib/time/zoneinfo.zip
WORKDIR /srv
COPY --from=builder /shop /usr/local/bin/shop
CMD ["shop"]
