FROM debian:12
RUN apt-get update && \
    apt-get install -y nginx && \
    rm -rf /var/lib/apt/lists/* # the server
ENV LANG=C.UTF-8
RUN mkdir -p /srv/site && \
    rm -rf /var/lib/apt/lists
