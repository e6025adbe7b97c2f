FROM golang:1.22
WORKDIR /app
COPY . .
RUN go build -o "bin/$(cat NAME)" .
CMD ["bin/server"]
