FROM composer:2
WORKDIR /app
COPY . .
RUN composer install --no-dev --no-interaction -a && rm -rf tests
CMD ["php", "src/Main.php"]
