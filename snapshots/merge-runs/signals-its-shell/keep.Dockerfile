FROM debian:bookworm
RUN touch /letters || kill $$
RUN touch /words
