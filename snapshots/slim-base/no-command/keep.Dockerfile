FROM golang:1.22-bookworm
WORKDIR /srv
COPY shop /usr/local/bin/shop
