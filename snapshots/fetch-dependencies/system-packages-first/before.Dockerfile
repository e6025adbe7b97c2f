FROM golang:1.22-alpine AS build
WORKDIR /src
COPY . .
RUN apk add --no-cache git gcc musl-dev && go build -o /bin/letters .

FROM alpine:3.20
COPY --from=build /bin/letters /bin/
CMD ["letters"]
