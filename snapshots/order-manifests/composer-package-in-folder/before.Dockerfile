FROM composer:2
COPY . /app
RUN composer install -d /app
