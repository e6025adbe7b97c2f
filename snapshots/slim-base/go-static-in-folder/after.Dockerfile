FROM golang:1.25 AS builder
ENV CGO_ENABLED=0
WORKDIR /app
COPY . .
RUN go build -o shop ./cmd/shop

FROM golang:1.25 AS files
WORKDIR /files
RUN mkdir -p var/cache && cp -a --parents \
    /etc/passwd /etc/group /etc/nsswitch.conf /etc/protocols /etc/services /etc/mime.types \
    /etc/ssl/certs /usr/share/ca-certificates /etc/localtime /usr/share/zoneinfo /usr/local/go/lib/time/zoneinfo.zip \
    /root /tmp /var/tmp \
    /files

FROM scratch
COPY --from=files /files /
WORKDIR /app
COPY --from=builder /app ./
CMD ["./shop"]
