FROM alpine:3.22
WORKDIR /app
RUN apk add --no-cache gcc musl-dev
COPY . .
RUN cc -o shop src/main.c
CMD ["./shop"]
