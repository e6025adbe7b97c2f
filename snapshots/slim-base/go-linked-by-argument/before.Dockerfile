FROM golang:1.25 AS builder
ARG CGO_ENABLED=0
WORKDIR /src
COPY . .
RUN go build -o /usr/local/bin/shop ./cmd/shop

FROM golang:1.25
WORKDIR /srv
COPY --from=builder /usr/local/bin/shop /usr/local/bin/shop
CMD ["shop"]
