FROM debian:12
COPY . /srv/app
WORKDIR /srv/app
RUN chmod +x /srv/app/start.sh
ENV GIT_SHA=unknown
RUN apt-get update \
 && apt-get install -y nginx
CMD ["/srv/app/start.sh"]
