FROM golang:1.24 AS base
WORKDIR /src

FROM base AS builder
COPY . .
RUN go build -o notes-server . && install -Dm 755 notes-server /opt/notes/server && mv notes-server /usr/local/bin

FROM base
COPY --from=builder /opt/notes/server /opt/notes/server
COPY --from=builder /usr/local/bin/notes-server /usr/local/bin/notes-server
CMD ["notes-server"]
