FROM php:8.4-cli AS discovery
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /app
COPY discovery .
RUN composer install --no-dev

FROM php:8.4-cli AS installers
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /app
COPY installers .
RUN composer install --no-dev

FROM php:8.4-cli AS path
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /app
COPY path .
RUN composer install --no-dev
