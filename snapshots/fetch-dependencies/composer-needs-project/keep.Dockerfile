FROM composer:2
WORKDIR /app
COPY . .
RUN composer install -o
CMD ["php", "src/Main.php"]
