FROM golang:1.22 AS base

FROM base AS builder
COPY . .
RUN CGO_ENABLED=0 go build -o shop ./cmd/server

FROM base
COPY --from=builder /go/templates ./templates
COPY --from=builder /go/shop ./shop
CMD ["./shop", "--listen", ":8080"]
