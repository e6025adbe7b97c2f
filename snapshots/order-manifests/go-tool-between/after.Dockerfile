FROM golang:1.22
WORKDIR /src
COPY go.mod go.sum ./
RUN go install example.com/tools/stringer@v0.3.0
RUN go mod download
COPY . .
RUN go generate ./... && go build -o /bin/server .
