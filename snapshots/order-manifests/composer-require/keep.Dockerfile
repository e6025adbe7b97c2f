FROM composer:2
WORKDIR /app
COPY . .
RUN composer require example/speech
CMD ["php", "src/Main.php"]
