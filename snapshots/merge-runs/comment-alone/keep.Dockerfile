FROM debian:bookworm
RUN # nothing to install
RUN touch /letters
