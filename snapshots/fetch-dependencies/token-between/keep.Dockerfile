FROM golang:1.22
WORKDIR /src
COPY . .
ARG GITHUB_TOKEN
RUN go build -o /bin/server .
