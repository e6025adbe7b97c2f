FROM golang:1.22 AS build
WORKDIR /src
COPY . .
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN go build -o /bin/server .

FROM scratch
COPY --from=build /bin/server /server
ENTRYPOINT ["/server"]
