FROM golang:1.22
COPY . .
RUN CGO_ENABLED=0 go build -o shop ./cmd/server
CMD ["./shop", "--listen", ":8080"]
