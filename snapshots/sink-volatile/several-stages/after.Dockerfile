FROM golang:1.23-alpine AS build
RUN apk add --no-cache git
WORKDIR /src
COPY . .
ARG VERSION
RUN go build -ldflags "-X main.version=$VERSION" -o /out/server .

FROM alpine:3.20
RUN apk add --no-cache ca-certificates
COPY --from=build /out/server /server
ARG VERSION
LABEL version=$VERSION
ENTRYPOINT ["/server"]
