FROM debian:12
RUN echo "127.0.0.1 db" >> /etc/hosts
RUN mkdir /dev/shm/work
RUN test ! -e /dev/shm/work
