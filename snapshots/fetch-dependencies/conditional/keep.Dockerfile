FROM golang:1.22
WORKDIR /src
COPY . .
RUN if [ -f go.mod ]; then go build -o /bin/server .; fi
