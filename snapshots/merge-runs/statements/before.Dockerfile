FROM debian:12
RUN false; touch /one;
RUN apt-get clean ;\
    touch /two
