FROM debian:12
WORKDIR /app
RUN apt-get update && apt-get install -y make
ADD https://github.com/example/shop/archive/refs/heads/main.tar.gz /app/shop.tar.gz
RUN tar -xzf shop.tar.gz && make -C shop-main
FROM debian:12
RUN apt-get update && apt-get install -y fontconfig
ADD https://github.com/example/fonts.git /app/fonts
