FROM php:8.3-apache-bookworm AS base

FROM base AS builder
RUN apt-get update \
    && apt-get install -y --no-install-recommends git unzip libzip-dev libpng-dev libicu-dev libjpeg62-turbo-dev libfreetype6-dev \
    && docker-php-ext-configure gd --with-freetype --with-jpeg \
    && docker-php-ext-install -j$(nproc) pdo_mysql zip gd intl \
    && rm -rf /var/lib/apt/lists/*
RUN pecl install redis-6.0.2 && docker-php-ext-enable redis
RUN a2enmod rewrite
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /var/www/html
COPY . .
RUN composer install --no-dev

FROM base
RUN apt-get update \
    && apt-get install -y --no-install-recommends libzip4 libpng16-16 libicu72 libjpeg62-turbo libfreetype6 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=builder /usr/local/lib/php /usr/local/lib/php
COPY --from=builder /usr/local/etc/php/conf.d /usr/local/etc/php/conf.d
RUN a2enmod rewrite
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /var/www/html
COPY --from=builder /var/www/html ./
