FROM composer:2
WORKDIR /app
COPY . .
RUN composer update
CMD ["php", "src/Main.php"]
