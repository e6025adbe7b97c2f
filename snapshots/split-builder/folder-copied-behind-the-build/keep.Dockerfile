FROM golang:1.22
WORKDIR /src
COPY . .
RUN go build -o /app/shop .
RUN cp -r data /app/data
WORKDIR /app
CMD ["/app/shop"]
