FROM php:8.3-apache-bookworm AS base

FROM base AS builder
RUN apt-get update && apt-get install -y --no-install-recommends git unzip libzip-dev && docker-php-ext-install zip
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
COPY . .
RUN composer install --no-dev

FROM base
RUN apt-get update && apt-get install -y --no-install-recommends libzip4
COPY --from=builder /usr/local/lib/php/extensions /usr/local/lib/php/extensions
COPY --from=builder /usr/local/etc/php/conf.d /usr/local/etc/php/conf.d
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
COPY --from=builder /var/www/html ./
