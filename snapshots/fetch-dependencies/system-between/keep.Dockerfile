FROM debian:12
WORKDIR /src
COPY . .
RUN apt-get update && apt-get install -y golang
RUN go build -o /bin/server .
