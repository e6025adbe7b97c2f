FROM php:8.3-apache-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends git libzip-dev
RUN docker-php-source extract && docker-php-ext-install -j "$(nproc)" zip && docker-php-source delete
COPY limits.ini /usr/local/etc/php/conf.d/
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /var/www/html
COPY . .
RUN composer install --no-dev
