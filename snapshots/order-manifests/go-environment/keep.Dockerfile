FROM golang:1.22 AS build
ENV GOENV=/src/go.env
WORKDIR /src
COPY . .
RUN go mod download
RUN go build -o /bin/server .

FROM golang:1.22 AS offline
ENV GOPROXY=file:///src/proxy
WORKDIR /src
COPY . .
RUN go mod download
RUN go build -o /bin/server .

FROM scratch
COPY --from=build /bin/server /server
ENTRYPOINT ["/server"]
