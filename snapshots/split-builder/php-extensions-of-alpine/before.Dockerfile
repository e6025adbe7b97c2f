FROM php:8.3-fpm-alpine3.20
RUN apk add --no-cache git icu-dev libzip-dev
RUN docker-php-ext-install intl zip
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /var/www/html
COPY . .
RUN composer install --no-dev
