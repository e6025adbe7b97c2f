FROM golang:1.24
WORKDIR /
COPY . .
WORKDIR /server
RUN go build -o shop .
CMD ["./shop"]
