FROM debian:bookworm
RUN . /etc/letters/build.env
RUN set -e; make
