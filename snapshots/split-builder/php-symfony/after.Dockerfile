FROM php:8.4-fpm AS base

FROM base AS builder
RUN apt-get update && apt-get install -y git unzip libicu-dev && docker-php-ext-install intl opcache && rm -rf /var/lib/apt/lists/*
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
ENV COMPOSER_ALLOW_SUPERUSER=1 APP_ENV=prod
WORKDIR /srv/app
COPY . .
RUN composer install --no-dev --optimize-autoloader --no-scripts
RUN php bin/console cache:warmup --env=prod && php bin/console assets:install public

FROM base
RUN apt-get update && apt-get install -y ca-certificates libicu-dev && rm -rf /var/lib/apt/lists/*
COPY --from=builder /usr/local/lib/php/extensions /usr/local/lib/php/extensions
COPY --from=builder /usr/local/etc/php/conf.d /usr/local/etc/php/conf.d
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
ENV COMPOSER_ALLOW_SUPERUSER=1 APP_ENV=prod
WORKDIR /srv/app
COPY --from=builder /srv/app ./
CMD ["php-fpm"]
