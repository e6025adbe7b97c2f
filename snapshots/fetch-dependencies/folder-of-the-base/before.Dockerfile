ARG GO=golang:1.22
FROM registry.example/$GO
COPY . .
RUN cd api && go build -o /bin/server .
