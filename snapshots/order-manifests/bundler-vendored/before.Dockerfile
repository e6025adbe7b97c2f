FROM debian:trixie
RUN apt-get update && apt-get install -y bundler
ADD . /srv/app
WORKDIR /srv/app
RUN bundle install --local --deployment
