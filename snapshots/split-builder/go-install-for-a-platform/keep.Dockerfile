FROM golang:1.22
ENV GOOS=linux GOARCH=amd64
WORKDIR /app
COPY . .
RUN go install .
CMD ["server"]
