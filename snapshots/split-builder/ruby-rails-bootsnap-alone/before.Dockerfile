FROM ruby:3.3-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends build-essential libpq-dev
ENV RAILS_ENV=production BUNDLE_WITHOUT="development test"
WORKDIR /rails
COPY . .
RUN bundle install
RUN bundle exec bootsnap precompile --gemfile app/ lib/
EXPOSE 3000
CMD ["bundle", "exec", "rails", "server", "-b", "0.0.0.0"]
