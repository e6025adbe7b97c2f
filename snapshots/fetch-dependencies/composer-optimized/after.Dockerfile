FROM composer:2 AS vendor
COPY composer.json composer.lock /app/
RUN cd /app && composer install --no-dev --ignore-platform-reqs --no-scripts --no-autoloader
COPY . /app
WORKDIR /app
RUN composer install --no-dev --ignore-platform-reqs --optimize-autoloader \
    && rm -rf tests

FROM php:8.4-apache
COPY --from=vendor /app /var/www/html
