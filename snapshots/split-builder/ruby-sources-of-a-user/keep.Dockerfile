FROM ruby:3.3-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends build-essential libpq-dev
ENV RAILS_ENV=production
RUN useradd rails
WORKDIR /rails
COPY --chown=rails:rails . .
RUN bundle install
RUN SECRET_KEY_BASE_DUMMY=1 bundle exec rails assets:precompile
CMD ["bundle", "exec", "rails", "server"]
