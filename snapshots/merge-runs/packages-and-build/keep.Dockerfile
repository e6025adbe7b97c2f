FROM golang:1.22
WORKDIR /src
COPY . .
RUN apt-get update && apt-get install -y libvips-dev
RUN go build -o /bin/server .
