FROM ruby:3.3-slim AS both
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY both .
RUN bundle install

FROM ruby:3.3-slim AS gem
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY gem .
RUN bundle install

FROM ruby:3.3-slim AS plugin
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY plugin .
RUN bundle install

FROM ruby:3.3-slim AS vendor
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY vendor .
RUN bundle install

FROM ruby:3.3-slim AS binstub
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY binstub .
RUN bin/bundle install
