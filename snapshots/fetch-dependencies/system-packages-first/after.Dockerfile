FROM golang:1.22-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN apk add --no-cache git gcc musl-dev && go mod download
COPY . .
RUN go build -o /bin/letters .

FROM alpine:3.20
COPY --from=build /bin/letters /bin/
CMD ["letters"]
