FROM golang:1.24-bookworm
COPY . /src
WORKDIR /src/cmd/shop
RUN go build -o shop .
CMD ["./shop"]
