FROM debian:bookworm
RUN umask 027; mkdir /letters
RUN touch /letters/first
