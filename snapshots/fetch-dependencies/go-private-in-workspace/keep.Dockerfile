FROM golang:1.22 AS build
WORKDIR /src
ENV GOPRIVATE=code.example/*
COPY . .
RUN go build -o /bin/server ./server

FROM scratch
COPY --from=build /bin/server /server
ENTRYPOINT ["/server"]
