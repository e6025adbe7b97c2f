FROM golang:1.22
RUN mkdir -p src/shop
COPY . /go/src/shop
WORKDIR /go/src/shop/cmd/server
RUN go install .
CMD ["server"]
