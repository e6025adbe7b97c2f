FROM alpine:3.22
WORKDIR /app
COPY . .
RUN apk add --no-cache gcc musl-dev
RUN cc -o shop src/main.c
CMD ["./shop"]
