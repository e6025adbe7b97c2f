FROM debian:trixie
RUN apt-get update && apt-get install -y bundler
COPY Gemfile Gemfile.lock /srv/app/
COPY vendor/cache /srv/app/vendor/cache/
WORKDIR /srv/app
RUN bundle install --local --deployment
ADD . /srv/app
