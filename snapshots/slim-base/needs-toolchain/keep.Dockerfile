FROM golang:1.22-bookworm
WORKDIR /src
COPY scripts ./scripts
CMD ["go", "version"]
