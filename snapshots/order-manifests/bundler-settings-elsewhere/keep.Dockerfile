FROM ruby:3.3-slim AS home
ENV BUNDLE_FROZEN=1
ENV GEM_HOME=vendor/gems
WORKDIR /app
COPY home .
RUN bundle install

FROM debian:bookworm AS plugins
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY plugins .
RUN bundle install

FROM debian:bookworm AS path
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY path .
RUN bundle install

FROM ruby:3.3-slim AS gemfile
ENV BUNDLE_FROZEN=1
ENV BUNDLE_GEMFILE=/opt/letters/Gemfile
WORKDIR /app
COPY gemfile .
RUN bundle install

FROM debian:bookworm AS remembers
WORKDIR /app
COPY remembers .
RUN bundle install --deployment
