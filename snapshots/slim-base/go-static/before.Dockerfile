FROM golang:1.25 AS builder
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /usr/local/bin/shop ./cmd/shop

# What runs.
FROM golang:1.25
WORKDIR /srv
COPY --from=builder /usr/local/bin/shop /usr/local/bin/shop
COPY --from=builder /src/public ./public
ENV PORT=8080
USER nobody
HEALTHCHECK CMD ["shop", "-check"]
CMD ["shop"]
