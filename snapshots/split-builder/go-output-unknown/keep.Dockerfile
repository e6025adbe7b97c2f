FROM golang:1.22
WORKDIR /src
COPY . .
RUN go generate ./... && go build -o shop ./cmd/server
CMD ["./shop"]
