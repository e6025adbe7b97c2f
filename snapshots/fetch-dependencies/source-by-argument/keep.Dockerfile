FROM golang:1.22
ARG SERVICE=server
WORKDIR /src
COPY $SERVICE .
RUN go build -o /bin/service .
