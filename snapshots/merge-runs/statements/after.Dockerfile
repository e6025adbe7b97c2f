FROM debian:12
RUN { false; touch /one; } && \
    { apt-get clean ;\
    touch /two; }
