FROM golang:1.22
WORKDIR /app
COPY . .
RUN go build -C cmd/server -o /usr/local/bin/server
CMD ["server"]
