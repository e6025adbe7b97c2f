FROM ruby:3.3-bookworm
ARG EXTRA_PACKAGES=""
RUN curl -fsSL https://deb.nodesource.com/setup_20.x | bash -
RUN apt-get install -y nodejs $EXTRA_PACKAGES
RUN apt-get update && apt-get install -y --no-install-recommends libpq-dev
ENV RAILS_ENV=production BUNDLE_WITHOUT="development test"
WORKDIR /rails
COPY . .
RUN bundle install
RUN npm ci
RUN SECRET_KEY_BASE_DUMMY=1 bundle exec rails assets:precompile
EXPOSE 3000
CMD ["bundle", "exec", "rails", "server", "-b", "0.0.0.0"]
