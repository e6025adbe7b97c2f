FROM golang:1.22
WORKDIR /app
COPY . .
RUN go build -o /usr/local/bin/server example.com/server/cmd/server
CMD ["server"]
