FROM debian:bookworm
RUN touch /letters # this is the first file \
    and it is empty
RUN touch /words
