FROM php:5.6-apache
COPY src/ /var/www/html/
WORKDIR /var/www/html/
RUN php composer.phar install && php composer.phar dump-autoload --optimize
