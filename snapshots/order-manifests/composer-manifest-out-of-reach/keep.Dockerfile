FROM php:8.4-cli AS missing
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /app
COPY missing .
RUN composer install --no-dev

FROM php:8.4-cli AS unreadable
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /app
COPY unreadable .
RUN composer install --no-dev

FROM php:8.4-cli AS lock
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /app
COPY lock .
RUN composer install --no-dev

FROM php:8.4-cli AS names
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /app
COPY names .
RUN composer install example/words

FROM php:8.4-cli AS shell
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /app
COPY shell .
RUN composer install $(cat packages)
