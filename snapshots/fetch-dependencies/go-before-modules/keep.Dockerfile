FROM golang:1.9 AS build
WORKDIR /src
COPY . .
RUN go install ./...

FROM debian:trixie-slim
COPY --from=build /go/bin/letters /bin/
CMD ["letters"]
