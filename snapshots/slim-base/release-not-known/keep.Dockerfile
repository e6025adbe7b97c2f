FROM golang:latest AS build
WORKDIR /src
COPY . .
RUN go build -o /bin/shop .

FROM golang:latest
WORKDIR /app
COPY --from=build /bin/shop /usr/local/bin/shop
CMD ["shop"]
