FROM golang:1.22 AS base
WORKDIR /src

FROM base AS builder
COPY . .
RUN go install ./...

FROM base
COPY --from=builder /src/templates ./templates
COPY --from=builder /go/bin/server /go/bin/server
ENTRYPOINT ["/go/bin/server"]
