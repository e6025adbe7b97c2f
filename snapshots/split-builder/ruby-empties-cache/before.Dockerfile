FROM ruby:3.3-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends build-essential libpq-dev nodejs npm
ENV RAILS_ENV=production BUNDLE_WITHOUT="development test"
WORKDIR /rails
COPY . .
RUN bundle install && rm -rf /usr/local/bundle/cache/*.gem
RUN npm ci
RUN SECRET_KEY_BASE_DUMMY=1 bundle exec rails assets:precompile
EXPOSE 3000
CMD ["bundle", "exec", "rails", "server", "-b", "0.0.0.0"]
