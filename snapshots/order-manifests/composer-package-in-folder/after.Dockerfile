FROM composer:2
COPY composer.json composer.lock /app/
COPY packages/greeting/composer.json /app/packages/greeting/
RUN composer install -d /app
COPY . /app
