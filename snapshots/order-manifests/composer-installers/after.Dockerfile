FROM drupal:11
WORKDIR /opt/drupal
COPY composer.json composer.lock ./
RUN composer install --no-dev
COPY . .
