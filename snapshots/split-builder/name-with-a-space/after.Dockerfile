FROM golang:1.24 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN go build -o main .

FROM base
COPY --from=builder ["/app/start.txt", "/app/Übersicht 1.drawio", "./"]
COPY --from=builder ["/app/help pages", "./help pages"]
COPY --from=builder /app/main ./main
CMD ["/app/main"]
