FROM golang:1.24 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN go build -o shop .

FROM base
COPY --from=builder /app/logs ./logs
COPY --from=builder /app/shop ./shop
CMD ["./shop"]
