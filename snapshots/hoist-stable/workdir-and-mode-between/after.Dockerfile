FROM debian:12
RUN apt-get update \
 && apt-get install -y nginx
COPY . /srv/app
WORKDIR /srv/app
RUN chmod +x /srv/app/start.sh
ENV GIT_SHA=unknown
CMD ["/srv/app/start.sh"]
