FROM golang:1.24
ARG FOLDER
WORKDIR /src/$FOLDER
COPY . .
RUN go build -o /usr/local/bin/tides .
CMD ["tides"]
