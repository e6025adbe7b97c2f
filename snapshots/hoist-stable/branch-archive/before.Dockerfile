FROM debian:12
WORKDIR /app
ADD https://github.com/example/shop/archive/refs/heads/main.tar.gz /app/shop.tar.gz
RUN apt-get update && apt-get install -y make
RUN tar -xzf shop.tar.gz && make -C shop-main
FROM debian:12
ADD https://github.com/example/fonts.git /app/fonts
RUN apt-get update && apt-get install -y fontconfig
