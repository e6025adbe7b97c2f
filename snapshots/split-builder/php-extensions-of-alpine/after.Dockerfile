FROM php:8.3-fpm-alpine3.20 AS base

FROM base AS builder
RUN apk add --no-cache git icu-dev libzip-dev
RUN docker-php-ext-install intl zip
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /var/www/html
COPY . .
RUN composer install --no-dev

FROM base
RUN apk add --no-cache icu-libs libzip
COPY --from=builder /usr/local/lib/php/extensions /usr/local/lib/php/extensions
COPY --from=builder /usr/local/etc/php/conf.d /usr/local/etc/php/conf.d
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /var/www/html
COPY --from=builder /var/www/html ./
