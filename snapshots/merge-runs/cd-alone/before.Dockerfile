FROM debian:12
RUN cd /tmp
RUN touch here
