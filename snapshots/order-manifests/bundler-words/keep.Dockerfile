FROM ruby:3.3-slim AS names
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY names .
RUN bundle install words

FROM ruby:3.3-slim AS shell
ENV BUNDLE_FROZEN=1
WORKDIR /app
COPY shell .
RUN bundle install --path "$(cat gems.path)"
