FROM debian:12
WORKDIR /srv/shop
COPY . .

# Programs of packages print in the language of the build
ENV LANG=C.UTF-8
RUN apt-get update && apt-get install -y python3
CMD ["./shop"]
