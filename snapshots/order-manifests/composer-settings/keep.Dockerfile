FROM composer:2
WORKDIR /app
COPY . .
RUN composer install
CMD ["php", "src/Main.php"]
