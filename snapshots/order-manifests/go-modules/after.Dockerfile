FROM golang:1.22 AS build
WORKDIR /src
COPY go.mod go.sum ./
COPY words/go.mod ./words/
RUN go mod download
COPY . .
RUN go build -o /bin/server .

FROM scratch
COPY --from=build /bin/server /server
ENTRYPOINT ["/server"]
