FROM composer:2
ENV COMPOSER_HOME=/app/.composer
WORKDIR /app
COPY . .
RUN composer install
CMD ["php", "src/Main.php"]
