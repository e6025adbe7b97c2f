FROM debian:12
RUN sed -i 's/packages.example/mirror.example.com/' /etc/apt/sources.list \
 && apt-get update \
 && apt-get install -y ca-certificates locales \
 && locale-gen en_US.UTF-8
RUN install -m 0755 -d /etc/apt/keyrings \
 && curl -fsSL https://example.com/key.asc -o /etc/apt/keyrings/shop.asc \
 && printf 'deb [signed-by=/etc/apt/keyrings/shop.asc] https://example.com/debian stable main\n' | tee /etc/apt/sources.list.d/shop.list \
 && apt-get update \
 && apt-get install -y shop-tools
COPY . /srv/shop
CMD ["/srv/shop/start"]
