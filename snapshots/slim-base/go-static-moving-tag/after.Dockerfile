FROM golang AS builder
ENV CGO_ENABLED=0
WORKDIR /src
COPY . .
RUN go build -o /bin/shop ./cmd/shop

FROM golang AS files
WORKDIR /files
RUN mkdir -p var/cache && cp -a --parents \
    /etc/passwd /etc/group /etc/nsswitch.conf /etc/protocols /etc/services /etc/mime.types \
    /etc/ssl/certs /usr/share/ca-certificates /etc/localtime /usr/share/zoneinfo /usr/local/go/lib/time/zoneinfo.zip \
    /root /tmp /var/tmp \
    /bin \
    /files

FROM scratch
COPY --from=files /files /
WORKDIR /srv
COPY --from=builder /bin/shop /bin/shop
ENTRYPOINT ["/bin/shop"]