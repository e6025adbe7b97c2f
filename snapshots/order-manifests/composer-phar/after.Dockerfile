FROM php:5.6-apache
COPY src/composer.json src/composer.lock src/composer.phar /var/www/html/
WORKDIR /var/www/html/
RUN php composer.phar install
COPY src/ /var/www/html/
RUN php composer.phar dump-autoload --optimize
