FROM golang:1.22
WORKDIR /src
COPY . .
ARG COMMIT
RUN go build -ldflags "-X main.commit=$COMMIT" -o /bin/server .
