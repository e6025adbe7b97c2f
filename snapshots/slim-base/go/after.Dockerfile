FROM golang:1.22-bookworm AS base
WORKDIR /src

FROM base AS builder
COPY . .
RUN go build -o /usr/local/bin/shop ./cmd/server

FROM debian:bookworm-slim
COPY --from=golang:1.22-bookworm /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=golang:1.22-bookworm /etc/mime.types /etc/mime.types
COPY --from=golang:1.22-bookworm /etc/protocols /etc/protocols
COPY --from=golang:1.22-bookworm /etc/services /etc/services
COPY --from=golang:1.22-bookworm /usr/local/go/lib/time/zoneinfo.zip /usr/local/go/lib/time/zoneinfo.zip
WORKDIR /src
COPY --from=builder /src/templates ./templates
COPY --from=builder /usr/local/bin/shop /usr/local/bin/shop
EXPOSE 8080
CMD ["shop"]
