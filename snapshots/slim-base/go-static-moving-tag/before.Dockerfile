FROM golang AS builder
ENV CGO_ENABLED=0
WORKDIR /src
COPY . .
RUN go build -o /bin/shop ./cmd/shop

FROM golang
WORKDIR /srv
COPY --from=builder /bin/shop /bin/shop
ENTRYPOINT ["/bin/shop"]