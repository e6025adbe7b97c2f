FROM golang:1.23-alpine AS build
ARG VERSION
RUN apk add --no-cache git
WORKDIR /src
COPY . .
RUN go build -ldflags "-X main.version=$VERSION" -o /out/server .

FROM alpine:3.20
ARG VERSION
LABEL version=$VERSION
RUN apk add --no-cache ca-certificates
COPY --from=build /out/server /server
ENTRYPOINT ["/server"]
