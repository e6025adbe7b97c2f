FROM composer:2
WORKDIR /app
COPY . .
RUN composer install --download-only
CMD ["php", "src/Main.php"]
