FROM composer:2
ENV COMPOSER_CACHE_READ_ONLY=1
WORKDIR /app
COPY . .
RUN composer install
CMD ["php", "src/Main.php"]
