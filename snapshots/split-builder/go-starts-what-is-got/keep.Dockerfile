FROM golang:1.9
WORKDIR /go/src/shop
COPY . .
RUN go get github.com/pressly/goose/cmd/goose && go get ./... && go build -o server
CMD ["./start.sh"]
