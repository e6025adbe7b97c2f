FROM golang AS base

FROM base AS builder
ADD . /go/src/github.com/words/outyet

RUN go install github.com/words/outyet

FROM base
COPY --from=builder /go/bin/outyet /go/bin/outyet

ENTRYPOINT /go/bin/outyet
EXPOSE 8080
