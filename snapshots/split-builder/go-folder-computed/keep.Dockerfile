FROM golang:1.24
ARG PART
WORKDIR /src
COPY . .
RUN go build -o /usr/local/bin/tides .
RUN go build -C $PART -o /usr/local/bin/server .
CMD ["tides"]
