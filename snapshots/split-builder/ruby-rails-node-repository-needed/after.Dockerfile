FROM ruby:3.3-bookworm AS base
ARG EXTRA_PACKAGES=""
RUN curl -fsSL https://deb.nodesource.com/setup_20.x | bash -
RUN apt-get install -y nodejs $EXTRA_PACKAGES

FROM base AS builder
RUN apt-get update && apt-get install -y --no-install-recommends libpq-dev
ENV RAILS_ENV=production BUNDLE_WITHOUT="development test"
WORKDIR /rails
COPY . .
RUN bundle install
RUN npm ci
RUN SECRET_KEY_BASE_DUMMY=1 bundle exec rails assets:precompile
RUN rm -rf package-lock.json package.json spec app/javascript app/assets/stylesheets node_modules

FROM base
RUN apt-get update && apt-get install -y --no-install-recommends libpq5
ENV RAILS_ENV=production BUNDLE_WITHOUT="development test"
WORKDIR /rails
COPY --from=builder /usr/local/bundle /usr/local/bundle
COPY --from=builder /rails ./
EXPOSE 3000
CMD ["bundle", "exec", "rails", "server", "-b", "0.0.0.0"]
