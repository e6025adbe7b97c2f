FROM golang:1.25 AS builder
ENV CGO_ENABLED=0
WORKDIR /src
COPY . .
RUN go build -o /usr/local/bin/shop ./cmd/shop

FROM golang:1.25
WORKDIR /srv
COPY --from=builder /usr/local/bin/shop /usr/local/bin/shop
ENV PATH=/srv/bin:/usr/local/bin:/usr/bin
CMD ["shop", "-words", "/usr/share/dict/words"]
