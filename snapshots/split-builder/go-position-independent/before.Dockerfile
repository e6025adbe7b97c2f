FROM golang:1.22
WORKDIR /app
COPY . .
RUN go build -buildmode=pie -o /usr/local/bin/server .
CMD ["server"]
