FROM phusion/baseimage:0.9.18
RUN apt-get update && apt-get install -y nginx
COPY site site
VOLUME /data
RUN apt-get clean && rm -rf /var/lib/apt/lists/* /tmp/* /var/tmp/*
