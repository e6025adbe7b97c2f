FROM ruby:3.3-slim-bookworm AS base

FROM base AS builder
RUN apt-get update && apt-get install -y --no-install-recommends build-essential libpq-dev nodejs npm
ENV RAILS_ENV=production BUNDLE_WITHOUT="development test"
WORKDIR /rails
COPY . .
RUN bundle install && rm -rf /usr/local/bundle/cache/*.gem
RUN npm ci
RUN SECRET_KEY_BASE_DUMMY=1 bundle exec rails assets:precompile
RUN rm -rf package-lock.json package.json spec app/javascript app/assets/stylesheets node_modules

FROM base
RUN apt-get update && apt-get install -y --no-install-recommends libatomic1 libgomp1 libpq5 ca-certificates
ENV RAILS_ENV=production BUNDLE_WITHOUT="development test"
WORKDIR /rails
COPY --from=builder /usr/local/bundle /usr/local/bundle
COPY --from=builder /rails ./
EXPOSE 3000
CMD ["bundle", "exec", "rails", "server", "-b", "0.0.0.0"]
