FROM golang:1.22
WORKDIR /src
COPY . .
WORKDIR /src/cmd/letters
RUN go build -o /bin/letters .
