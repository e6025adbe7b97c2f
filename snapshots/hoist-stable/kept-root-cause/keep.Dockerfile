FROM debian:12
WORKDIR /srv/shop
COPY . .
RUN ./prepare
RUN apt-get update && apt-get install -y git
RUN apt-get update && apt-get install -y curl
RUN ./download
