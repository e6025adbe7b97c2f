FROM debian:12
RUN apt-get update \
 && apt-get install -y \
      libpq5 \
      nginx
COPY nginx.conf /etc/nginx/
RUN a2enmod rewrite \
 && rm -rf /var/lib/apt/lists/*
