FROM golang:1.24
WORKDIR /src
COPY . .
RUN go build -o pages .
CMD ["./pages", "posts/first"]
