FROM drupal:11
WORKDIR /opt/drupal
COPY . .
RUN composer install --no-dev
