# syntax=docker/dockerfile:1
FROM golang:1.22 AS build
ARG CACHE=/go/pkg/mod
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=$CACHE go build -o /bin/server .

FROM scratch
COPY --from=build /bin/server /server
ENTRYPOINT ["/server"]
