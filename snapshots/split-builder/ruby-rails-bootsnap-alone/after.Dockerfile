FROM ruby:3.3-slim-bookworm AS base

FROM base AS builder
RUN apt-get update && apt-get install -y --no-install-recommends build-essential libpq-dev
ENV RAILS_ENV=production BUNDLE_WITHOUT="development test"
WORKDIR /rails
COPY . .
RUN bundle install
RUN bundle exec bootsnap precompile --gemfile app/ lib/
RUN rm -rf spec

FROM base
RUN apt-get update && apt-get install -y --no-install-recommends libatomic1 libgomp1 libpq5
ENV RAILS_ENV=production BUNDLE_WITHOUT="development test"
WORKDIR /rails
COPY --from=builder /usr/local/bundle /usr/local/bundle
COPY --from=builder /rails ./
EXPOSE 3000
CMD ["bundle", "exec", "rails", "server", "-b", "0.0.0.0"]
