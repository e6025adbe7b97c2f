FROM php:8.4-cli AS shell
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /app
COPY shell .
RUN composer install --no-dev -o --ignore-platform-req "ext-$(cat extension)"
