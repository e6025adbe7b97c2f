FROM php:8.4-cli
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
RUN apt-get update && apt-get install -y nodejs npm
WORKDIR /app
COPY . .
RUN composer install --no-dev
RUN npm ci
RUN npm run build
CMD ["php", "-S", "0.0.0.0:80", "-t", "public"]
