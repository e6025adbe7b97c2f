FROM golang:1.24 AS base
WORKDIR /src

FROM base AS builder
COPY . .
RUN go build -o pages .

FROM base
COPY --from=builder /src/about.md ./
COPY --from=builder /src/posts ./posts
COPY --from=builder /src/pages ./pages
CMD ["./pages", "posts/first"]
