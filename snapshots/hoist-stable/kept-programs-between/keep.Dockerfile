# syntax=docker/dockerfile:1
FROM debian:bookworm AS program
COPY . /app
RUN ["/app/configure", "--prefix=/usr"]
RUN apt-get update && apt-get install -y curl

FROM debian:bookworm AS script
COPY . /app
RUN <<CONFIGURE
#!/usr/bin/env python3
print("configured")
CONFIGURE
RUN apt-get update && apt-get install -y curl
