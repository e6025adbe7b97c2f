FROM golang:1.22
WORKDIR /src
COPY . .
RUN ./scripts/generate.sh
RUN go build -o /bin/server .
