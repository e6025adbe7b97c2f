FROM golang:1.22 AS build
WORKDIR /src
COPY server/go.mod server/go.sum ./server/
RUN cd /src/server && go mod download
COPY . .
RUN go build -C server -o /bin/server

FROM scratch
COPY --from=build /bin/server /server
ENTRYPOINT ["/server"]
