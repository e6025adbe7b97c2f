FROM composer:2
WORKDIR /app
COPY . .
RUN bin/composer install
CMD ["php", "src/Main.php"]
