FROM php:7.0.10-apache
RUN docker-php-ext-install opcache \
 && apt-get update && apt-get install -y git zip unzip \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /var/www/html
COPY . .
RUN composer install --no-dev
