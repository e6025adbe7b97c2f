FROM debian:12
ADD https://github.com/example/shop/archive/refs/tags/v1.2.tar.gz /app/shop.tar.gz
ADD https://github.com/example/fonts.git#v3 /app/fonts
RUN apt-get update && apt-get install -y make
