FROM php:8.3-apache-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends git libzip-dev
RUN docker-php-ext-install zip
RUN echo "memory_limit=256M" >> /usr/local/etc/php/conf.d/limits.ini
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /var/www/html
COPY . .
RUN composer install --no-dev
