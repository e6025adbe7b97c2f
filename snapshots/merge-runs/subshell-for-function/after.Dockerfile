FROM debian:12
RUN ( install() { echo "$1" >> /installed; }; install one ) && \
    install -d /srv/app
