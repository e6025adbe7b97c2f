FROM golang:1.24 AS builder
WORKDIR /src
COPY . .
RUN go build -o /shop ./cmd/shop

FROM golang:1.24
WORKDIR /srv
COPY --from=builder /shop /usr/local/bin/shop
CMD ["shop"]
