FROM golang:1.22-bookworm AS base
WORKDIR /src

FROM base AS builder
COPY . .
RUN go build -o /usr/local/bin/shop ./cmd/server

FROM debian:bookworm-slim
COPY --from=golang:1.22-bookworm /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
WORKDIR /src
COPY --from=builder /src/templates ./templates
COPY --from=builder /usr/local/bin/shop /usr/local/bin/shop
EXPOSE 8080
CMD ["shop"]
