# escape=`
FROM debian:bookworm
RUN echo letters \
RUN echo words
