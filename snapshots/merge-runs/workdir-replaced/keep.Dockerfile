FROM php:8-apache
RUN rm -rf /var/www/html && ln -s /srv/public /var/www/html
RUN touch index.html
