FROM php:8.4-cli
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /app
COPY composer.json composer.lock ./
RUN composer install --no-dev '--ignore-platform-req=ext-*' --no-scripts --no-autoloader
COPY . .
RUN composer install --no-dev --optimize-autoloader --ignore-platform-req='ext-*'
CMD ["php", "-S", "0.0.0.0:80", "-t", "public"]
