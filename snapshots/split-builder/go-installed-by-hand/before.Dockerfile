FROM golang:1.24
WORKDIR /src
COPY . .
RUN go build -o notes-server . && install -Dm 755 notes-server /opt/notes/server && mv notes-server /usr/local/bin
CMD ["notes-server"]
