FROM golang:1.24
WORKDIR /app
COPY . .
WORKDIR /app/server
RUN go build -o shop .
CMD ["./shop"]
