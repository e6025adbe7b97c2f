FROM debian:12
RUN ln /etc/one /etc/two
RUN echo more >> /etc/two
