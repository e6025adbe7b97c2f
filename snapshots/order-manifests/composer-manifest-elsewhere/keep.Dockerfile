FROM composer:2
ENV COMPOSER=../composer.json
WORKDIR /app
COPY . .
RUN composer install
CMD ["php", "src/Main.php"]
