FROM php:8.4-cli
WORKDIR /app
COPY --from=composer:2 /usr/bin/composer /usr/local/bin/composer
COPY . .
RUN composer install --no-dev --optimize-autoloader
CMD ["php", "src/Main.php"]
