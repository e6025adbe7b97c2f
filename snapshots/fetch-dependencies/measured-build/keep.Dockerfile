FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN go build -o /bin/server .

FROM scratch
COPY --from=build /bin/server /server
ENTRYPOINT ["/server"]
