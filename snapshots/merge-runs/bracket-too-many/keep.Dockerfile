FROM debian:bookworm
RUN touch /letters; }
RUN touch /words
