FROM php:8.3-apache-bookworm AS base

FROM base AS builder
RUN apt-get update && apt-get install -y --no-install-recommends git unzip nodejs npm supervisor
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /var/www/html
COPY . .
RUN composer install --no-dev --optimize-autoloader
RUN npm ci && npm run build
RUN rm -rf tests vite.config.js

FROM base
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm supervisor
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /var/www/html
COPY --from=builder /var/www/html ./
RUN chown -R www-data:www-data storage
CMD ["supervisord", "-c", "/var/www/html/supervisord.conf"]
