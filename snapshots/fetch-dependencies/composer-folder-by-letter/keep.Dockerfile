FROM php:8.4-cli
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /app
COPY . .
RUN composer install --no-dev --optimize-autoloader -d site
CMD ["php", "-S", "0.0.0.0:80", "-t", "site/public"]
