FROM golang:1.25-alpine3.22 AS builder
ENV CGO_ENABLED=0
WORKDIR /src
COPY . .
RUN go build -o /usr/local/bin/shop ./cmd/shop

FROM alpine:3.22
COPY --from=golang:1.25-alpine3.22 /usr/local/go/lib/time/zoneinfo.zip /usr/local/go/lib/time/zoneinfo.zip
WORKDIR /srv
COPY --from=builder /usr/local/bin/shop /usr/local/bin/shop
CMD ["shop"]
