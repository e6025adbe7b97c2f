FROM golang:1.24 AS base
WORKDIR /src

FROM base AS builder
COPY . .
RUN go build -o notes-server .

FROM base
COPY --from=builder /src/first.md ./
COPY --from=builder /src/tests ./tests
COPY --from=builder /src/notes-server ./notes-server
CMD ["./notes-server"]
