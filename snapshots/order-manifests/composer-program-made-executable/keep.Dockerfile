FROM php:8.4-cli AS words
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /app
COPY words .
RUN composer install --no-dev
