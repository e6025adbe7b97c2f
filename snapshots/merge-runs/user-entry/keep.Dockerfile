FROM debian:12
RUN usermod -aG www-data root
RUN id > /groups
