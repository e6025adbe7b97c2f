FROM debian:bookworm
RUN ( umask 027; mkdir /letters ) && \
    touch /letters/first
