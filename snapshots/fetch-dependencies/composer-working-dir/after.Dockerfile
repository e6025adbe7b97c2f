FROM php:8.4-cli
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /app
COPY site/composer.json site/composer.lock ./site/
RUN cd /app/site && composer install --no-dev --no-scripts --no-autoloader
COPY . .
RUN composer install --no-dev --optimize-autoloader --working-dir=site
CMD ["php", "-S", "0.0.0.0:80", "-t", "site/public"]
