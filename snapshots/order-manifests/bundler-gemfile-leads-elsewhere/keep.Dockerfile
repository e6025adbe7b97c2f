FROM ruby:3.3-slim AS shared
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY shared .
RUN bundle install

FROM ruby:3.3-slim AS options
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY options .
RUN bundle install

FROM ruby:3.3-slim AS plugin
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY plugin .
RUN bundle install

FROM ruby:3.3-slim AS required
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY required .
RUN bundle install

FROM ruby:3.3-slim AS version
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY version .
RUN bundle install

FROM ruby:3.3-slim AS above
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY above .
RUN bundle install
