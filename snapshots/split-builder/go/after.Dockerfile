FROM golang:1.22 AS base

WORKDIR /src

FROM base AS builder
COPY go.mod go.sum ./
RUN go mod download
# Sources
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -o shop ./cmd/server

FROM base
COPY --from=builder /src/templates ./templates
COPY --from=builder /src/shop ./shop

EXPOSE 8080
USER nobody
CMD ["./shop", "--listen", ":8080"]
