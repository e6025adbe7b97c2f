FROM composer:2
WORKDIR /app
COPY composer.json composer.lock ./
RUN composer install --no-dev --no-interaction --no-scripts --no-autoloader
COPY . .
RUN composer install --no-dev --no-interaction -a && rm -rf tests
CMD ["php", "src/Main.php"]
