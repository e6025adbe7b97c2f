FROM golang

ADD . /go/src/github.com/words/outyet

RUN go install github.com/words/outyet

ENTRYPOINT /go/bin/outyet
EXPOSE 8080
