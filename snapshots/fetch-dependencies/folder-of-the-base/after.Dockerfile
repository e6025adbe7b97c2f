ARG GO=golang:1.22
FROM registry.example/$GO
COPY api/go.mod api/go.sum ./api/
RUN cd api && go mod download
COPY . .
RUN cd api && go build -o /bin/server .
