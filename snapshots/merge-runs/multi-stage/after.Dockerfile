FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN go vet ./... && \
    go build -o /out/server .

FROM alpine:3.20
RUN apk add --no-cache ca-certificates && \
    adduser -D -u 10001 server
COPY --from=build /out/server /usr/local/bin/server
RUN chmod 755 /usr/local/bin/server
USER server
CMD ["server"]
