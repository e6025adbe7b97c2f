FROM golang:1.24
WORKDIR /
COPY . .
RUN go build -o /usr/local/bin/shop .
CMD ["shop"]
