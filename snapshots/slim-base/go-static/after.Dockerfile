FROM golang:1.25 AS builder
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /usr/local/bin/shop ./cmd/shop

FROM golang:1.25 AS files
WORKDIR /files
RUN mkdir -p var/cache && cp -a --parents \
    /etc/passwd /etc/group /etc/nsswitch.conf /etc/protocols /etc/services /etc/mime.types \
    /etc/ssl/certs /usr/share/ca-certificates /etc/localtime /usr/share/zoneinfo /usr/local/go/lib/time/zoneinfo.zip \
    /root /tmp /var/tmp \
    /files

# What runs.
FROM scratch
COPY --from=files /files /
WORKDIR /srv
COPY --from=builder /usr/local/bin/shop /usr/local/bin/shop
COPY --from=builder /src/public ./public
ENV PORT=8080
USER nobody
HEALTHCHECK CMD ["shop", "-check"]
CMD ["shop"]
