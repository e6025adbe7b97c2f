FROM golang:1.9 AS base

WORKDIR $GOPATH/src/app/

FROM base AS builder
COPY . .
RUN go get ./... && go install

FROM base
COPY --from=builder /go/src/app/entrypoint.sh ./
COPY --from=builder /go/bin/app /go/bin/app

ENTRYPOINT ["/go/src/app/entrypoint.sh"]
