FROM golang:1.23 AS build
WORKDIR /src
COPY . .
RUN go build -o /out/server .

FROM debian:12
RUN apt-get update && apt-get install -y ca-certificates
COPY --from=build /out/server /server
ENTRYPOINT ["/server"]
