FROM golang:1.24 AS base
WORKDIR /app

FROM base AS builder
COPY . .
WORKDIR /app/server
RUN go build -o shop .

FROM base
WORKDIR /app/server
COPY --from=builder /app/client /app/client
COPY --from=builder /app/mirror.git/ /app/mirror.git/
COPY --from=builder /app/server/shop ./shop
CMD ["./shop"]
