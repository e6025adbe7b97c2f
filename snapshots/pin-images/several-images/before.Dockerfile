FROM golang:1.22 AS api
RUN go version

FROM node:20 AS web
RUN node --version

FROM node:20 AS tools
RUN npm --version

FROM alpine:3.20
COPY --from=api /usr/local/go/VERSION /go-version
COPY --from=web /usr/local/bin/node /usr/local/bin/
