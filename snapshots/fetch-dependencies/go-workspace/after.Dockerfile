FROM golang:1.22 AS build
WORKDIR /src
COPY go.work go.work.sum ./
COPY letters/go.mod letters/go.sum ./letters/
COPY words/go.mod ./words/
RUN CGO_ENABLED=0 go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /bin/letters ./letters

FROM scratch
COPY --from=build /bin/letters /letters
ENTRYPOINT ["/letters"]
