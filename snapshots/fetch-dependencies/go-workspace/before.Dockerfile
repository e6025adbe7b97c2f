FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /bin/letters ./letters

FROM scratch
COPY --from=build /bin/letters /letters
ENTRYPOINT ["/letters"]
