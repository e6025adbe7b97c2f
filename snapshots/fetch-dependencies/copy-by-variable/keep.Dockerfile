FROM golang:1.22 AS build
ARG FOLDER=/src
WORKDIR /src
COPY main.go ./
COPY go.mod go.sum $FOLDER/
RUN go build -o /bin/server .

FROM scratch
COPY --from=build /bin/server /server
ENTRYPOINT ["/server"]
