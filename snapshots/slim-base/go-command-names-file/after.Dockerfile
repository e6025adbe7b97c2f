FROM golang:1.25 AS builder
ENV CGO_ENABLED=0
WORKDIR /src
COPY . .
RUN go build -o /usr/local/bin/shop ./cmd/shop

FROM debian:trixie-slim
COPY --from=golang:1.25 /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=golang:1.25 /etc/mime.types /etc/mime.types
COPY --from=golang:1.25 /etc/protocols /etc/protocols
COPY --from=golang:1.25 /etc/services /etc/services
COPY --from=golang:1.25 /usr/local/go/lib/time/zoneinfo.zip /usr/local/go/lib/time/zoneinfo.zip
WORKDIR /srv
COPY --from=builder /usr/local/bin/shop /usr/local/bin/shop
ENV PATH=/srv/bin:/usr/local/bin:/usr/bin
CMD ["shop", "-words", "/usr/share/dict/words"]
