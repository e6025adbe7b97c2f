FROM php:8.3-apache-bookworm AS base

FROM base AS builder
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl git gnupg unzip
RUN mkdir -p /etc/apt/keyrings \
    && curl -fsSL https://deb.nodesource.com/gpgkey/nodesource-repo.gpg.key | gpg --dearmor -o /etc/apt/keyrings/nodesource.gpg \
    && echo "deb [signed-by=/etc/apt/keyrings/nodesource.gpg] https://deb.nodesource.com/node_20.x nodistro main" | tee /etc/apt/sources.list.d/nodesource.list \
    && apt-get update \
    && apt-get install -y nodejs
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /var/www/html
COPY . .
RUN composer install --no-dev --optimize-autoloader
RUN npm ci && npm run build
RUN rm -rf package-lock.json package.json tests vite.config.js resources/js resources/css node_modules

FROM base
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates gnupg
RUN mkdir -p /etc/apt/keyrings \
    && apt-get update \
    && apt-get install -y ca-certificates
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /var/www/html
COPY --from=builder /var/www/html ./
RUN chown -R www-data:www-data storage
