FROM php:8.4-fpm
RUN apt-get update && apt-get install -y git unzip libicu-dev && docker-php-ext-install intl opcache && rm -rf /var/lib/apt/lists/*
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
ENV COMPOSER_ALLOW_SUPERUSER=1 APP_ENV=prod
WORKDIR /srv/app
COPY . .
RUN composer install --no-dev --optimize-autoloader --no-scripts
RUN php bin/console cache:warmup --env=prod && php bin/console assets:install public
CMD ["php-fpm"]
