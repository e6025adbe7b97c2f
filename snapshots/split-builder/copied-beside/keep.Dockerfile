FROM golang:1.24
COPY . /app
WORKDIR /app/server
RUN go build -o shop .
CMD ["./shop"]
