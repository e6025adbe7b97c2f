FROM golang:1.22

WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
# Sources
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -o shop ./cmd/server

EXPOSE 8080
USER nobody
CMD ["./shop", "--listen", ":8080"]
