FROM --platform=$BUILDPLATFORM tonistiigi/xx:1.5.0 AS xx

FROM --platform=linux/amd64 golang:1.22 AS build
COPY --from=xx / /
