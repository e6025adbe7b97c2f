FROM golang:1.22
WORKDIR /go/src/server
COPY . .
RUN go build -o ../../bin/server .
CMD ["server"]
