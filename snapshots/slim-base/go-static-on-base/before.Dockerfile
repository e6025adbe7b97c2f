FROM golang:1.22-bookworm AS base
# Where it all lies.
WORKDIR /go/src/shop
ENV CGO_ENABLED=0

FROM base AS files
COPY . .
RUN go install ./...

FROM base AS shop
COPY --from=files /go/bin/shop /go/bin/shop
COPY --from=files /go/src/shop/shop.yaml .
CMD ["/go/bin/shop"]
