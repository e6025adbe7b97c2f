FROM golang:1.22 AS old
WORKDIR /go/src/server
ENV GO111MODULE=off
COPY . .
RUN go get -d ./...
RUN go build -o /bin/server .

FROM golang:1.22 AS none
WORKDIR /go/src/server
COPY . .
RUN go get -d ./...
RUN go build -o /bin/server .

FROM scratch
COPY --from=old /bin/server /server
ENTRYPOINT ["/server"]
