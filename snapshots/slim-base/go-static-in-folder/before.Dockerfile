FROM golang:1.25 AS builder
ENV CGO_ENABLED=0
WORKDIR /app
COPY . .
RUN go build -o shop ./cmd/shop

FROM golang:1.25
WORKDIR /app
COPY --from=builder /app ./
CMD ["./shop"]
