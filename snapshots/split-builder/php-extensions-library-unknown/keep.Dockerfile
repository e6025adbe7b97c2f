FROM php:8.3-apache-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends libmapnik-dev
RUN docker-php-ext-install pdo_mysql
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /var/www/html
COPY . .
RUN composer install --no-dev
