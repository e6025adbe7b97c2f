FROM golang:1.22
WORKDIR /app
COPY . .
RUN go build -buildmode=c-shared -o libserver.so .
CMD ["./start.sh"]
