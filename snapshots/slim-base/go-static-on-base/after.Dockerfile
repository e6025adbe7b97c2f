FROM golang:1.22-bookworm AS base
# Where it all lies.
WORKDIR /go/src/shop
ENV CGO_ENABLED=0

FROM base AS files
COPY . .
RUN go install ./...

FROM golang:1.22-bookworm AS base-files
WORKDIR /base-files
RUN mkdir -p var/cache && cp -a --parents \
    /etc/passwd /etc/group /etc/nsswitch.conf /etc/protocols /etc/services /etc/mime.types \
    /etc/ssl/certs /usr/share/ca-certificates /etc/localtime /usr/share/zoneinfo /usr/local/go/lib/time/zoneinfo.zip \
    /root /tmp /var/tmp \
    /go \
    /base-files

FROM scratch AS shop
COPY --from=base-files /base-files /
# Where it all lies.
WORKDIR /go/src/shop
ENV CGO_ENABLED=0
COPY --from=files /go/bin/shop /go/bin/shop
COPY --from=files /go/src/shop/shop.yaml .
CMD ["/go/bin/shop"]
