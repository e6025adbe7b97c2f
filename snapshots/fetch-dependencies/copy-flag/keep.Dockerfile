FROM golang:1.22
WORKDIR /src
COPY --exclude=docs . .
RUN go build -o /bin/server .
