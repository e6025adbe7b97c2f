# syntax=docker/dockerfile:1
FROM debian:bookworm
RUN <<LETTERS
touch /letters
LETTERS
RUN <<WORDS
touch /words
WORDS
